package dev.peal.market.agents;

import dev.peal.market.book.Side;

/**
 * Buys and sells at once, for reasons of its own: mostly small, now and then very large. Orders come in bursts, and one side's orders follow each other, as of someone
 * who works a large order off.
 */
final class Taker extends Trader {
    private static final double PAUSE_SECONDS = 1.2;
    private static final double TAIL = 1.5;
    private static final double SIZE_MAX = 60;
    /** How much faster the next order comes after one, and how much of that is left after each. */
    private static final double EXCITEMENT = 0.5;

    private static final double CALM = 0.75;
    private static final double SAME_SIDE = 0.65;

    private Side side = Side.BUY;
    private double excitement;

    Taker(Crowd crowd, int account) {
        super(crowd, account);
    }

    @Override
    public long wake(long now) {
        if (!dice.chance(SAME_SIDE)) {
            side = side.opposite();
        }
        double size = Math.min(SIZE_MAX, 0.08 * dice.pareto(TAIL));
        long slippage = 1 + (long) (fair.ticks() * 2e-4 * dice.pareto(3));
        take(now, side, size * shape.usualLots(), slippage);
        excitement = CALM * excitement + (dice.chance(0.4) ? EXCITEMENT * dice.pareto(2) : 0);
        return pause(PAUSE_SECONDS / (1 + excitement));
    }
}
