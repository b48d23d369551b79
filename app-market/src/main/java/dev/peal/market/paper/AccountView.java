package dev.peal.market.paper;

import dev.peal.market.book.Step;
import dev.peal.market.book.Symbol;
import java.util.List;

/**
 * An account at one moment. Money is counted in steps of {@code money}. Immutable.
 *
 * @param money the step of all money here; no price times size of the exchange falls between two of them
 * @param start what it began with
 * @param cash what it has, all of it
 * @param reserved what open orders to buy may take of the cash
 * @param positions one for each symbol that it ever traded
 * @param open orders that may still trade, the oldest first
 * @param fills the newest, the oldest of them first
 */
public record AccountView(
        Step money,
        long start,
        long cash,
        long reserved,
        List<Position> positions,
        List<PaperOrder> open,
        List<PaperFill> fills,
        long timeNanos) {
    public AccountView {
        positions = List.copyOf(positions);
        open = List.copyOf(open);
        fills = List.copyOf(fills);
    }

    /** What it would have if all units were sold at the last price. */
    public long equity() {
        return cash + positions.stream().mapToLong(Position::value).sum();
    }

    /** What was won or lost by what was sold again. */
    public long realised() {
        return positions.stream().mapToLong(Position::realised).sum();
    }

    /** What would be won or lost by selling at the last price. */
    public long unrealised() {
        return positions.stream().mapToLong(Position::unrealised).sum();
    }

    /**
     * What it has of one symbol. Money is counted as in the account.
     *
     * @param cost what the units at hand were paid with, at average cost
     * @param lastTicks the symbol's last price
     * @param value the units at the last price
     * @param realised what was won or lost by what was sold again
     */
    public record Position(Symbol symbol, long lots, long cost, long lastTicks, long value, long realised) {
        public long unrealised() {
            return value - cost;
        }
    }
}
