package dev.peal.market.exchange;

import dev.peal.market.book.BookChanges;
import dev.peal.market.book.Side;
import dev.peal.market.book.Symbol;
import dev.peal.market.book.Trade;

/**
 * One symbol's market place: the engine, its accounts, and what the public and each trader get to see of them. Belongs to one thread.
 *
 * <p>Of each order or cancellation: first the trades and the traders' own events in the order in which they happened, then, if levels changed, one
 * {@link VenueListener#bookChanged} with all of them.
 */
public final class Venue {
    private final Symbol symbol;
    private final OrderIds ids;
    private final MatchingEngine engine;
    private final Accounts accounts = new Accounts();
    private final VenueListener listener;
    private final BookChanges changes = new BookChanges();
    private long timeNanos;
    private long tradeId;
    private long lastPriceTicks;
    private long lastTradeNanos;

    /**
     * A venue without orders.
     *
     * @param ids where its orders get their ids; other venues may share it
     */
    public Venue(Symbol symbol, EngineLimits limits, OrderIds ids, VenueListener listener) {
        this.symbol = symbol;
        this.ids = ids;
        this.listener = listener;
        engine = new MatchingEngine(limits, new Events());
    }

    /**
     * As {@link MatchingEngine#place}; the order's id, if it was taken, is {@link #newestOrderId}.
     *
     * @param atNanos the time that is on its trades: since 1970, never less than that of the call before
     */
    public Placement place(long atNanos, int account, Side side, OrderType type, long priceTicks, long lots) {
        timeNanos = atNanos;
        Placement placement = engine.place(ids.next(), account, side, type, priceTicks, lots);
        if (placement.accepted()) {
            ids.use();
        }
        tellBook();
        return placement;
    }

    /** As {@link MatchingEngine#cancel}. */
    public Cancellation cancel(long atNanos, long orderId, int account) {
        timeNanos = atNanos;
        Cancellation cancellation = engine.cancel(orderId, account);
        tellBook();
        return cancellation;
    }

    public Symbol symbol() {
        return symbol;
    }

    /** The id of the newest order that was taken here; 0 before the first. */
    public long newestOrderId() {
        return engine.newestOrderId();
    }

    /** The size that a resting order still has; 0 where there is no such order in the book. */
    public long lotsLeft(long orderId) {
        return engine.lotsLeft(orderId);
    }

    /** How many price levels a side has. */
    public int levels(Side side) {
        return engine.levels(side);
    }

    /** The price of the level with this rank, in ticks; rank 0 is the best. */
    public long priceTicks(Side side, int rank) {
        return engine.priceTicks(side, rank);
    }

    /** The size at the level with this rank. */
    public long lots(Side side, int rank) {
        return engine.lots(side, rank);
    }

    /** The best price of a side; {@code otherwise} where it is empty. */
    public long bestOr(Side side, long otherwise) {
        return engine.levels(side) == 0 ? otherwise : engine.priceTicks(side, 0);
    }

    /** The price of the last trade; 0 before the first. */
    public long lastPriceTicks() {
        return lastPriceTicks;
    }

    /** The time of the last trade; 0 before the first. */
    public long lastTradeNanos() {
        return lastTradeNanos;
    }

    public Accounts accounts() {
        return accounts;
    }

    private void tellBook() {
        if (!changes.isEmpty()) {
            listener.bookChanged(this, changes.take(), timeNanos);
        }
    }

    private final class Events implements EngineListener {
        @Override
        public void accepted(long orderId, int account, Side side, OrderType type, long priceTicks, long lots) {
            listener.accepted(Venue.this, orderId, account, side, type, priceTicks, lots);
        }

        @Override
        public void traded(Match match) {
            accounts.settle(match);
            lastPriceTicks = match.priceTicks();
            lastTradeNanos = timeNanos;
            Trade trade = new Trade(++tradeId, match.takerSide(), match.priceTicks(), match.lots(), timeNanos);
            listener.traded(Venue.this, trade, match);
        }

        @Override
        public void rested(long orderId, int account, Side side, long priceTicks, long lots) {
            listener.rested(Venue.this, orderId, account, lots);
        }

        @Override
        public void cancelled(long orderId, int account, long lots, CancelReason reason) {
            listener.cancelled(Venue.this, orderId, account, lots, reason);
        }

        @Override
        public void levelChanged(Side side, long priceTicks, long lots) {
            changes.put(side, priceTicks, lots);
        }
    }
}
