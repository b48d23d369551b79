package dev.peal.market.exchange;

import dev.peal.market.book.BookSnapshot;
import dev.peal.market.book.Levels;
import dev.peal.market.book.Side;

/**
 * A matching engine for one symbol: an order trades with the best price on the other side first, and at one price with the oldest order first, at the price of the
 * order that was there. Belongs to one thread.
 *
 * <p>An order never trades with one of its own account: the newer one's rest is given up instead. An engine whose listener threw is in the middle of something: every
 * further call fails.
 */
public final class MatchingEngine {
    private final EngineLimits limits;
    private final EngineListener listener;
    private final Orders orders;
    private final OrderIndex index;
    private final BookSide bids;
    private final BookSide asks;
    private final Match match = new Match();
    private long newestOrderId;
    private boolean busy;

    public MatchingEngine(EngineLimits limits, EngineListener listener) {
        this.limits = limits;
        this.listener = listener;
        orders = new Orders(limits.ordersMax());
        index = new OrderIndex(limits.ordersMax());
        bids = new BookSide(Side.BUY, orders, limits.levelsMax());
        asks = new BookSide(Side.SELL, orders, limits.levelsMax());
    }

    /**
     * Trades what can be traded at once, and lets the rest stay or go, as the type says.
     *
     * @param orderId larger than that of every order that was taken before
     * @param account 0 or more
     * @param priceTicks the worst price that is acceptable; of no meaning for a market order
     * @throws IllegalArgumentException if the id or the account is none: a bug of the caller
     */
    public Placement place(long orderId, int account, Side side, OrderType type, long priceTicks, long lots) {
        if (orderId <= newestOrderId || account < 0) {
            throw new IllegalArgumentException(
                    "order " + orderId + " of account " + account + " after order " + newestOrderId);
        }
        boolean market = type == OrderType.MARKET;
        if (lots < 1) {
            return Placement.SIZE_NOT_POSITIVE;
        }
        if (lots > limits.lotsMax()) {
            return Placement.SIZE_OVER_LIMIT;
        }
        if (!market && priceTicks < 1) {
            return Placement.PRICE_NOT_POSITIVE;
        }
        if (!market && priceTicks > limits.priceTicksMax()) {
            return Placement.PRICE_OVER_LIMIT;
        }
        BookSide own = sideOf(side);
        if (type == OrderType.LIMIT && (orders.full() || own.full(priceTicks))) {
            return Placement.BOOK_FULL;
        }
        enter();
        newestOrderId = orderId;
        listener.accepted(orderId, account, side, type, market ? 0 : priceTicks, lots);
        long limit = market ? side == Side.BUY ? Long.MAX_VALUE : 0 : priceTicks;
        Placement placement = trade(orderId, account, side, limit, lots);
        if (placement == Placement.EXPIRED && type == OrderType.LIMIT) {
            rest(own, orderId, account, priceTicks);
            placement = Placement.RESTING;
        } else if (placement != Placement.FILLED) {
            listener.cancelled(orderId, account, match.takerLotsLeft, reason(placement));
        }
        busy = false;
        return placement;
    }

    /** Takes an order out of the book, if it is there and the account's own. */
    public Cancellation cancel(long orderId, int account) {
        int slot = index.get(orderId);
        if (slot == OrderIndex.ABSENT) {
            return Cancellation.UNKNOWN_ORDER;
        }
        if (orders.account(slot) != account) {
            return Cancellation.NOT_YOURS;
        }
        enter();
        BookSide own = sideOf(orders.side(slot));
        int level = orders.level(slot);
        long lots = orders.lots(slot);
        index.remove(orderId);
        own.remove(level, slot);
        listener.cancelled(orderId, account, lots, CancelReason.REQUESTED);
        levelChanged(own, level);
        busy = false;
        return Cancellation.CANCELLED;
    }

    /** The size that a resting order still has; 0 where there is no such order in the book. */
    public long lotsLeft(long orderId) {
        int slot = index.get(orderId);
        return slot == OrderIndex.ABSENT ? 0 : orders.lots(slot);
    }

    /** The largest id of an order that was taken; 0 before the first. */
    public long newestOrderId() {
        return newestOrderId;
    }

    /** How many price levels a side has. */
    public int levels(Side side) {
        return sideOf(side).size();
    }

    /** The price of the level with this rank, in ticks; rank 0 is the best. */
    public long priceTicks(Side side, int rank) {
        BookSide levels = sideOf(side);
        return levels.priceTicks(levels.level(rank));
    }

    /** The size of all orders at the level with this rank. */
    public long lots(Side side, int rank) {
        BookSide levels = sideOf(side);
        return levels.lots(levels.level(rank));
    }

    /** All levels as a value. */
    public BookSnapshot snapshot() {
        return new BookSnapshot(snapshot(Side.BUY), snapshot(Side.SELL));
    }

    private Levels snapshot(Side side) {
        long[] pairs = new long[2 * levels(side)];
        for (int rank = 0; rank < levels(side); rank++) {
            pairs[2 * rank] = priceTicks(side, rank);
            pairs[2 * rank + 1] = lots(side, rank);
        }
        return Levels.of(pairs);
    }

    /** Trades with the other side down to {@code limitTicks}; {@code match.takerLotsLeft} is what is left then. */
    private Placement trade(long orderId, int account, Side side, long limitTicks, long lots) {
        BookSide other = sideOf(side.opposite());
        match.takerOrderId = orderId;
        match.takerAccount = account;
        match.takerSide = side;
        match.takerLotsLeft = lots;
        Placement placement = Placement.EXPIRED;
        while (placement == Placement.EXPIRED) {
            int level = other.best();
            if (level == BookSide.NONE || !other.reaches(level, limitTicks)) {
                break;
            }
            long before = other.lots(level);
            placement = tradeAt(other, level, account);
            if (other.lots(level) != before) {
                levelChanged(other, level);
            }
        }
        return placement;
    }

    /** Trades with the orders of one level, the oldest first; EXPIRED: it is empty and something is left. */
    private Placement tradeAt(BookSide other, int level, int account) {
        match.priceTicks = other.priceTicks(level);
        for (int slot = other.oldest(level); slot != Orders.NONE; slot = other.oldest(level)) {
            if (orders.account(slot) == account) {
                return Placement.SELF_TRADE;
            }
            tradeWith(other, level, slot);
            if (match.takerLotsLeft == 0) {
                return Placement.FILLED;
            }
        }
        return Placement.EXPIRED;
    }

    private void tradeWith(BookSide other, int level, int slot) {
        long resting = orders.lots(slot);
        long lots = Math.min(resting, match.takerLotsLeft);
        match.makerOrderId = orders.id(slot);
        match.makerAccount = orders.account(slot);
        match.lots = lots;
        match.makerLotsLeft = resting - lots;
        match.takerLotsLeft -= lots;
        if (lots == resting) {
            index.remove(match.makerOrderId);
            other.remove(level, slot);
        } else {
            other.reduce(level, slot, lots);
        }
        listener.traded(match);
    }

    private void rest(BookSide own, long orderId, int account, long priceTicks) {
        long lots = match.takerLotsLeft;
        int slot = own.add(orderId, account, priceTicks, lots);
        index.put(orderId, slot);
        listener.rested(orderId, account, own.side(), priceTicks, lots);
        levelChanged(own, orders.level(slot));
    }

    /** Tells a level's new size, and forgets the level where it is empty. */
    private void levelChanged(BookSide side, int level) {
        long priceTicks = side.priceTicks(level);
        long lots = side.lots(level);
        if (lots == 0) {
            side.forget(level);
        }
        listener.levelChanged(side.side(), priceTicks, lots);
    }

    private BookSide sideOf(Side side) {
        return side == Side.BUY ? bids : asks;
    }

    private void enter() {
        if (busy) {
            throw new IllegalStateException("called from its own listener, or after the listener threw");
        }
        busy = true;
    }

    private static CancelReason reason(Placement placement) {
        return placement == Placement.SELF_TRADE ? CancelReason.SELF_TRADE : CancelReason.EXPIRED;
    }
}
