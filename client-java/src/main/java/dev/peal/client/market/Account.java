package dev.peal.client.market;

import java.math.BigDecimal;
import java.util.List;

/**
 * One's money on paper.
 *
 * @param reserved of {@code cash}, what open orders hold
 */
public record Account(
        BigDecimal start,
        BigDecimal cash,
        BigDecimal reserved,
        BigDecimal equity,
        BigDecimal realised,
        BigDecimal unrealised,
        List<Position> positions,
        long timestampMillis) {
    public Account {
        positions = List.copyOf(positions);
    }
}
