package dev.peal.client.market;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * An order of one's own.
 *
 * @param type {@code limit}, {@code market} or {@code ioc}
 * @param price empty of a market order
 * @param status {@code open}, {@code filled} or {@code cancelled}
 * @param reason of a cancelled one: {@code requested}, {@code expired}, {@code self_trade}
 */
public record Order(
        long orderId,
        Optional<String> clientOrderId,
        String symbol,
        Side side,
        String type,
        Optional<BigDecimal> price,
        BigDecimal size,
        BigDecimal filled,
        String status,
        Optional<String> reason,
        long timestampMillis) {
    public boolean open() {
        return status.equals("open");
    }
}
