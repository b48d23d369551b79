package dev.peal.market.agents;

import dev.peal.market.book.Side;
import dev.peal.market.exchange.OrderType;

/** Sees to it that the market is never silent: where nothing traded for half a second, it buys or sells the least that one can. */
final class Pulse extends Trader {
    private static final long LOOK_NANOS = 100_000_000;
    private static final long SILENCE_NANOS = 500_000_000;

    Pulse(Crowd crowd, int account) {
        super(crowd, account);
    }

    @Override
    public long wake(long now) {
        if (now - venue.lastTradeNanos() >= SILENCE_NANOS) {
            Side side = dice.chance(0.5) ? Side.BUY : Side.SELL;
            Side possible = venue.levels(side.opposite()) > 0 ? side : side.opposite();
            place(now, possible, OrderType.MARKET, 0, rounded(shape.usualLots() * 0.02 * (1 + dice.uniform())));
        }
        return LOOK_NANOS;
    }
}
