package dev.peal.market.agents;

import dev.peal.market.exchange.Venue;
import java.util.List;

/**
 * The agents of one venue. They have the accounts from 0 to {@link #ACCOUNTS} - 1, whose money and units are without limit.
 *
 * <p>Between {@link #advanceTo} and {@link #advanceTo} others may trade at the venue too, at times that the crowd has reached.
 */
public final class Crowd {
    /** How many accounts the agents have; the first that is free for others. */
    public static final int ACCOUNTS = 16;

    private final Venue venue;
    private final MarketShape shape;
    private final Dice dice;
    private final FairPrice fair;
    private final List<Agent> agents;
    private final long[] wakesNanos;

    /**
     * A crowd that has not done anything yet.
     *
     * @param startNanos its virtual time, since 1970
     */
    public Crowd(Venue venue, MarketShape shape, long seed, long startNanos) {
        this.venue = venue;
        this.shape = shape;
        dice = new Dice(seed);
        fair = new FairPrice(shape, dice.split());
        // Those who quote come first, so that there is a book when the others look.
        agents = List.of(
                new Maker(this, 0, 0.5e-4, 0.3),
                new Maker(this, 1, 0.7e-4, 0.6),
                new Maker(this, 2, 1.0e-4, 1.0),
                new Maker(this, 3, 1.6e-4, 2.0),
                new Maker(this, 4, 2.5e-4, 4.0),
                now -> {
                    fair.step();
                    return FairPrice.STEP_NANOS;
                },
                new Taker(this, 5),
                new Taker(this, 6),
                new Taker(this, 7),
                new MomentumTrader(this, 8, 5, 40),
                new MomentumTrader(this, 9, 20, 200),
                new Arbitrageur(this, 10),
                new Pulse(this, 11));
        wakesNanos = new long[agents.size()];
        for (int i = 0; i < wakesNanos.length; i++) {
            wakesNanos[i] = startNanos + i;
        }
    }

    /** Lets everything happen that happens up to a moment, that moment included; a moment that was reached before changes nothing. */
    public void advanceTo(long nanos) {
        for (int next = next(); wakesNanos[next] <= nanos; next = next()) {
            wakesNanos[next] += agents.get(next).wake(wakesNanos[next]);
        }
    }

    /** Lets so much time pass in which nobody does anything: what was planned comes later. */
    public void pause(long nanos) {
        for (int i = 0; i < wakesNanos.length; i++) {
            wakesNanos[i] += nanos;
        }
    }

    Venue venue() {
        return venue;
    }

    FairPrice fair() {
        return fair;
    }

    MarketShape shape() {
        return shape;
    }

    /** Dice for one agent. */
    Dice dice() {
        return dice.split();
    }

    /** Who wakes next; at one time the one that comes first in the list. */
    private int next() {
        int next = 0;
        for (int i = 1; i < wakesNanos.length; i++) {
            if (wakesNanos[i] < wakesNanos[next]) {
                next = i;
            }
        }
        return next;
    }
}
