package dev.peal.market.agents;

import dev.peal.market.book.Side;
import dev.peal.market.exchange.OrderType;
import dev.peal.market.exchange.Placement;

/**
 * Quotes on both sides around its own idea of the fair price: a ladder of orders, the further away the larger and the further apart. It leans against what it has
 * piled up, and each time it wakes it mends a few of the quotes that are most out of place, those that others could profit from first.
 */
final class Maker extends Trader {
    private static final int RUNGS = 24;
    private static final int MENDED_MAX = 4;
    private static final double PAUSE_SECONDS = 0.25;
    /** How often it puts a quote anew that was not out of place. */
    private static final double CHANGE_OF_MIND = 0.5;
    /** Each gap between rungs is so many times the one before. */
    private static final double SPREADING = 1.17;

    private static final double HOLDING_USUAL = 40;
    /** How far from the middle each rung stands, in half spreads. */
    private static final double[] DISTANCES = new double[RUNGS];

    static {
        double gap = 0.6;
        DISTANCES[0] = 1;
        for (int rung = 1; rung < RUNGS; rung++) {
            DISTANCES[rung] = DISTANCES[rung - 1] + gap;
            gap *= SPREADING;
        }
    }

    private final double halfSpread;
    private final double size;
    private final long[][] orders = new long[2][RUNGS];
    private final long[][] prices = new long[2][RUNGS];
    private double opinion;
    private boolean quoted;

    /**
     * A maker.
     *
     * @param halfSpread how far from the fair price its best quotes are, as a share of it
     * @param size of its best quotes, in usual sizes
     */
    Maker(Crowd crowd, int account, double halfSpread, double size) {
        super(crowd, account);
        this.halfSpread = halfSpread;
        this.size = size;
    }

    @Override
    public long wake(long now) {
        opinion = 0.9 * opinion + 0.1 * halfSpread * dice.gaussian();
        double lean = Math.clamp(holding() / HOLDING_USUAL, -1.5, 1.5) * halfSpread;
        double middle = fair.ticks() * (1 + opinion - lean);
        int mended = 0;
        for (int rung = 0; rung < RUNGS; rung++) {
            for (Side side : Side.values()) {
                if (outOfPlace(side, rung, middle) && (mended < MENDED_MAX || rung == 0 || !quoted)) {
                    mend(now, side, rung, middle);
                    mended++;
                }
            }
        }
        quoted = true;
        if (dice.chance(CHANGE_OF_MIND)) {
            mend(now, dice.chance(0.5) ? Side.BUY : Side.SELL, dice.below(RUNGS), middle);
        }
        return pause(PAUSE_SECONDS);
    }

    /** How far from the middle a rung stands, in ticks. */
    private double distance(int rung, double middle) {
        return Math.max(1, middle * halfSpread) * DISTANCES[rung];
    }

    private boolean outOfPlace(Side side, int rung, double middle) {
        int s = side.ordinal();
        if (orders[s][rung] == 0 || venue.lotsLeft(orders[s][rung]) == 0) {
            return true;
        }
        double wanted = distance(rung, middle);
        double is = side == Side.BUY ? middle - prices[s][rung] : prices[s][rung] - middle;
        return is < 0.5 * wanted || is > 1.6 * wanted;
    }

    private void mend(long now, Side side, int rung, double middle) {
        int s = side.ordinal();
        if (orders[s][rung] != 0) {
            cancel(now, orders[s][rung]);
        }
        double distance = distance(rung, middle) * (0.85 + 0.3 * dice.uniform());
        double price = side == Side.BUY ? middle - distance : middle + distance;
        prices[s][rung] = onGrid(side, Math.max(1, price), distance);
        double lots = shape.usualLots() * size * (1 + 0.5 * rung) * StrictMath.exp(0.5 * dice.gaussian());
        Placement placement = place(now, side, OrderType.LIMIT, prices[s][rung], rounded(lots));
        orders[s][rung] = placement == Placement.RESTING ? venue.newestOrderId() : 0;
    }

    /** Far from the middle people like round prices. */
    private static long onGrid(Side side, double price, double distance) {
        long step = 1;
        while (step * 100 < distance) {
            step *= step % 2 == 0 ? 5 : 2;
        }
        long steps = side == Side.BUY ? (long) (price / step) : (long) Math.ceil(price / step);
        return Math.max(1, steps * step);
    }
}
