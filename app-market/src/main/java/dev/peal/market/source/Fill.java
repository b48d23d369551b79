package dev.peal.market.source;

import dev.peal.market.book.Side;
import dev.peal.market.book.Symbol;

/**
 * A trade as one of its two traders may see it.
 *
 * @param side the trader's own
 * @param lotsLeft of their order, after this trade
 * @param maker whether their order had been resting
 * @param tradeId the public trade
 */
public record Fill(
        Symbol symbol,
        long orderId,
        int account,
        Side side,
        long priceTicks,
        long lots,
        long lotsLeft,
        boolean maker,
        long tradeId,
        long timeNanos) {}
