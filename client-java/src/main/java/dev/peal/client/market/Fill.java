package dev.peal.client.market;

import java.math.BigDecimal;

/**
 * A part of an order that was traded.
 *
 * @param left what the order has still to fill
 * @param role {@code maker} or {@code taker}
 */
public record Fill(
        long orderId,
        long tradeId,
        String symbol,
        Side side,
        BigDecimal price,
        BigDecimal size,
        BigDecimal left,
        String role,
        long timestampMillis) {}
