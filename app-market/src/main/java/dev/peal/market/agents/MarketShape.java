package dev.peal.market.agents;

/**
 * What kind of market a crowd makes.
 *
 * @param startTicks the price at which it begins; far from there it tends back, over days
 * @param usualLots what an ordinary order is about
 * @param volatility the standard deviation of a year's return: 0.6 is 60 %
 * @param activity 1: some hundred orders and a few trades a second; 10: ten times as many
 */
public record MarketShape(long startTicks, long usualLots, double volatility, double activity) {
    private static final double ACTIVITY_MAX = 1_000;

    public MarketShape {
        if (startTicks < 1_000 || usualLots < 10) {
            throw new IllegalArgumentException(
                    "start from 1,000 ticks and usual size from 10 lots, not " + startTicks + ", " + usualLots);
        }
        if (!(volatility > 0 && volatility <= 10) || !(activity > 0 && activity <= ACTIVITY_MAX)) {
            throw new IllegalArgumentException(
                    "volatility up to 10 and activity up to 1,000, not " + volatility + ", " + activity);
        }
    }
}
