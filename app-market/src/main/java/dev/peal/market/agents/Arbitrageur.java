package dev.peal.market.agents;

import dev.peal.market.book.Side;
import dev.peal.market.exchange.OrderType;

/** Knows the fair price and takes what is offered below it or asked for above it, before the makers have mended their quotes: the one who moves the book. */
final class Arbitrageur extends Trader {
    private static final double PAUSE_SECONDS = 0.2;
    /** What it wants to gain, as a share of the price. */
    private static final double EDGE = 3e-5;

    Arbitrageur(Crowd crowd, int account) {
        super(crowd, account);
    }

    @Override
    public long wake(long now) {
        double worth = fair.ticks();
        double lots = shape.usualLots() * (0.2 + dice.pareto(2));
        if (venue.bestOr(Side.SELL, Long.MAX_VALUE) < worth * (1 - EDGE)) {
            place(now, Side.BUY, OrderType.IMMEDIATE_OR_CANCEL, (long) (worth * (1 - EDGE)), rounded(lots));
        } else if (venue.bestOr(Side.BUY, 0) > worth * (1 + EDGE)) {
            place(now, Side.SELL, OrderType.IMMEDIATE_OR_CANCEL, (long) Math.ceil(worth * (1 + EDGE)), rounded(lots));
        }
        return pause(PAUSE_SECONDS);
    }
}
