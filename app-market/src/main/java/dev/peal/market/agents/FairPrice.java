package dev.peal.market.agents;

/**
 * What the symbol is worth, in ticks: a random walk whose volatility comes in waves, with trends of some minutes, rare jumps, a little impact of what is bought and
 * sold, and a pull back to where it began that is felt over days.
 *
 * <p>All rates are per second of virtual time; it goes on in steps of {@link #STEP_NANOS}.
 */
final class FairPrice {
    static final long STEP_NANOS = 100_000_000;

    private static final double STEP_SECONDS = STEP_NANOS / 1e9;
    private static final double YEAR_SECONDS = 365.25 * 24 * 3_600;

    /** How fast a wave of volatility ebbs, and how high the waves are, as the logarithm's deviation. */
    private static final double WAVE_RETURN = 1 / 300.0;

    private static final double WAVE_DEVIATION = 0.6;
    /** How fast a trend ends, and how strong trends are, as a share of the volatility of a second. */
    private static final double TREND_RETURN = 1 / 240.0;

    private static final double TREND_DEVIATION = 0.03;
    private static final double JUMPS_PER_SECOND = 1 / 900.0;
    /** The deviation of a jump, in volatilities of a second. */
    private static final double JUMP_DEVIATION = 12;

    private static final double HOME_PULL = 1 / (2 * 24 * 3_600.0);
    /** What an order of the usual size moves, in volatilities of a second. */
    private static final double IMPACT = 0.04;

    private final Dice dice;
    private final double home;
    private final double perSecond;
    private double log;
    private double ticks;
    private double volatility;
    private double wave;
    private double trend;

    FairPrice(MarketShape shape, Dice dice) {
        this.dice = dice;
        home = StrictMath.log(shape.startTicks());
        perSecond = shape.volatility() / StrictMath.sqrt(YEAR_SECONDS);
        volatility = perSecond;
        at(home);
    }

    double ticks() {
        return ticks;
    }

    /** The deviation of a second's return as it is now. */
    double volatility() {
        return volatility;
    }

    void step() {
        wave += noise(wave, WAVE_RETURN, WAVE_DEVIATION);
        trend += noise(trend, TREND_RETURN, TREND_DEVIATION);
        // The square of a lognormal factor has this mean; without it waves would add to the volatility.
        volatility = perSecond * StrictMath.exp(wave - WAVE_DEVIATION * WAVE_DEVIATION);
        double move = trend * STEP_SECONDS + StrictMath.sqrt(STEP_SECONDS) * dice.gaussian();
        if (dice.chance(JUMPS_PER_SECOND * STEP_SECONDS)) {
            move += JUMP_DEVIATION * dice.gaussian();
        }
        at(log + volatility * move + (home - log) * HOME_PULL * STEP_SECONDS);
    }

    /** Someone bought (or, negative, sold) so many times the usual size: some of it stays in the price. */
    void impact(double usualSizes) {
        double size = StrictMath.sqrt(StrictMath.abs(usualSizes));
        at(log + IMPACT * volatility * StrictMath.signum(usualSizes) * size);
    }

    private void at(double newLog) {
        log = newLog;
        ticks = StrictMath.exp(newLog);
    }

    /** A step of something that returns to 0 (Ornstein-Uhlenbeck) with this deviation in the long run. */
    private double noise(double value, double back, double deviation) {
        return -value * back * STEP_SECONDS + deviation * StrictMath.sqrt(2 * back * STEP_SECONDS) * dice.gaussian();
    }
}
