package dev.peal.market.agents;

import dev.peal.market.book.Side;

/** Buys what rises and sells what falls: compares a fast with a slow average of the last price, up to a position that it is comfortable with. */
final class MomentumTrader extends Trader {
    private static final double PAUSE_SECONDS = 0.8;
    private static final double POSITION_MAX = 20;
    /** How far apart the averages must be, in deviations of a second's return. */
    private static final double SIGNAL = 1.5;

    private final double fastWeight;
    private final double slowWeight;
    private double fast;
    private double slow;

    /** Averages over about {@code fastWakes} and {@code slowWakes} looks at the price. */
    MomentumTrader(Crowd crowd, int account, double fastWakes, double slowWakes) {
        super(crowd, account);
        fastWeight = 1 / fastWakes;
        slowWeight = 1 / slowWakes;
    }

    @Override
    public long wake(long now) {
        double price = venue.lastPriceTicks();
        if (price > 0) {
            fast += fast == 0 ? price : fastWeight * (price - fast);
            slow += slow == 0 ? price : slowWeight * (price - slow);
            follow(now, (fast - slow) / slow / fair.volatility());
        }
        return pause(PAUSE_SECONDS);
    }

    private void follow(long now, double signal) {
        double wanted = StrictMath.abs(signal) < SIGNAL ? 0 : Math.clamp(signal, -4, 4) / 4 * POSITION_MAX;
        double missing = wanted - holding();
        if (StrictMath.abs(missing) > 0.3 && dice.chance(0.5)) {
            double lots = Math.min(StrictMath.abs(missing), 0.2 + dice.uniform()) * shape.usualLots();
            take(now, missing > 0 ? Side.BUY : Side.SELL, lots, 1 + (long) (fair.ticks() * 1e-4));
        }
    }
}
