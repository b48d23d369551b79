package dev.peal.client.market;

/**
 * A symbol as the server has it.
 *
 * @param id in frames of bytes
 * @param tick the smallest difference of two prices, a decimal
 * @param lot the smallest difference of two sizes, a decimal
 */
public record SymbolInfo(String symbol, int id, String tick, String lot) {}
