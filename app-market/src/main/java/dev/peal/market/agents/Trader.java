package dev.peal.market.agents;

import dev.peal.market.book.Side;
import dev.peal.market.exchange.OrderType;
import dev.peal.market.exchange.Placement;
import dev.peal.market.exchange.Venue;

/** What all agents have: an account at the venue, dice of their own, and a view of what the symbol is worth. */
abstract class Trader implements Agent {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    final Venue venue;
    final FairPrice fair;
    final Dice dice;
    final MarketShape shape;
    private final int account;

    Trader(Crowd crowd, int account) {
        venue = crowd.venue();
        fair = crowd.fair();
        dice = crowd.dice();
        shape = crowd.shape();
        this.account = account;
    }

    /** A time that is {@code seconds} on average where the activity is 1. */
    final long pause(double seconds) {
        return 1 + (long) (dice.exponential(seconds / shape.activity()) * NANOS_PER_SECOND);
    }

    final Placement place(long now, Side side, OrderType type, long priceTicks, long lots) {
        return venue.place(now, account, side, type, priceTicks, lots);
    }

    final void cancel(long now, long orderId) {
        venue.cancel(now, orderId, account);
    }

    /** What it has, in usual sizes; negative where it is short. */
    final double holding() {
        return (double) venue.accounts().lots(account) / shape.usualLots();
    }

    /** A size as people choose them: two digits that count, and zeros behind. */
    static long rounded(double lots) {
        long step = 1;
        while (lots >= 100 * step) {
            step *= 10;
        }
        return Math.max(1, Math.round(lots / step)) * step;
    }

    /** Trades at once, at most so many ticks beyond the best price. */
    final void take(long now, Side side, double lots, long slippageTicks) {
        if (venue.levels(side.opposite()) == 0) {
            return;
        }
        long best = venue.priceTicks(side.opposite(), 0);
        long limit = side == Side.BUY ? best + slippageTicks : Math.max(1, best - slippageTicks);
        long size = rounded(lots);
        place(now, side, OrderType.IMMEDIATE_OR_CANCEL, limit, size);
        fair.impact((side == Side.BUY ? 1.0 : -1.0) * size / shape.usualLots());
    }
}
