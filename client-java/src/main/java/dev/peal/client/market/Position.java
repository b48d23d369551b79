package dev.peal.client.market;

import java.math.BigDecimal;

/** What is held of one symbol, and what it is worth. */
public record Position(
        String symbol,
        BigDecimal size,
        BigDecimal averagePrice,
        BigDecimal lastPrice,
        BigDecimal value,
        BigDecimal realised,
        BigDecimal unrealised) {}
