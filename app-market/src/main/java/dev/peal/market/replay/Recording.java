package dev.peal.market.replay;

import dev.peal.market.book.Side;
import dev.peal.market.book.Symbol;
import dev.peal.market.book.Trade;

/** The trades of one symbol, oldest first, as whole numbers of the symbol's steps. Immutable. */
public final class Recording {
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Symbol symbol;
    private final TradeColumns trades;

    /** Takes the columns; nobody writes to them again. */
    Recording(Symbol symbol, TradeColumns trades) {
        this.symbol = symbol;
        this.trades = trades;
    }

    /** Its steps are the finest that the file writes, such as 0.01 where no price has more than two places. */
    public Symbol symbol() {
        return symbol;
    }

    public int size() {
        return trades.size();
    }

    public Trade trade(int index) {
        return new Trade(
                trades.id(index),
                trades.buys(index) ? Side.BUY : Side.SELL,
                trades.price(index, symbol.tick().places()),
                trades.lots(index, symbol.lot().places()),
                trades.timeMillis(index) * NANOS_PER_MILLI);
    }

    /** When the first trade was. */
    long startMillis() {
        return trades.timeMillis(0);
    }

    /** How long after the first trade this one was, in milliseconds. */
    long afterMillis(int index) {
        return trades.timeMillis(index) - trades.timeMillis(0);
    }
}
