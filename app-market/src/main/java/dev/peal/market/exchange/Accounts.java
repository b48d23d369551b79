package dev.peal.market.exchange;

import java.math.BigInteger;
import java.util.Arrays;

/**
 * What the accounts of one symbol's exchange have: money, counted in tick·lots (the price of one lot at one tick), and units of what is traded, in lots. Both may be
 * negative: who sells what they have not is short. A trade moves both from one account to another and makes none: the totals never change. Belongs to one thread.
 *
 * <p>{@link #cost} is what the units at hand were paid with (negative: got for, of a short position), at average cost. So what was won so far is
 * {@code cash + cost} less what was there at first, and what would be won by closing at a price is {@code lots * price - cost}; the sum does not depend on how the
 * average was rounded.
 */
public final class Accounts {
    private static final int INITIAL_ACCOUNTS = 64;

    private long[] cash = new long[INITIAL_ACCOUNTS];
    private long[] lots = new long[INITIAL_ACCOUNTS];
    private long[] cost = new long[INITIAL_ACCOUNTS];

    /** Gives an account money, or takes it. */
    public void deposit(int account, long tickLots) {
        ensure(account);
        cash[account] = Math.addExact(cash[account], tickLots);
    }

    /** Moves what a trade moves. */
    public void settle(Match match) {
        ensure(Math.max(match.makerAccount(), match.takerAccount()));
        long value = Math.multiplyExact(match.priceTicks(), match.lots());
        move(match.buyer(), match.lots(), value);
        move(match.seller(), -match.lots(), -value);
    }

    public long cash(int account) {
        return account < cash.length ? cash[account] : 0;
    }

    /** Units, in lots; negative where the account is short. */
    public long lots(int account) {
        return account < lots.length ? lots[account] : 0;
    }

    /** What {@link #lots} were paid with; of the same sign. */
    public long cost(int account) {
        return account < cost.length ? cost[account] : 0;
    }

    /** The money of all accounts. */
    public long totalCash() {
        return Arrays.stream(cash).reduce(0, Math::addExact);
    }

    /** The units of all accounts. */
    public long totalLots() {
        return Arrays.stream(lots).reduce(0, Math::addExact);
    }

    private void move(int account, long units, long value) {
        cash[account] = Math.subtractExact(cash[account], value);
        long held = lots[account];
        lots[account] = Math.addExact(held, units);
        if (held == 0 || held > 0 == units > 0) {
            cost[account] = Math.addExact(cost[account], value);
        } else if (Math.abs(units) <= Math.abs(held)) {
            cost[account] += share(cost[account], units, held);
        } else {
            // All that was held is closed; the rest of the trade opens a position of the other sign.
            cost[account] = value + share(value, held, units);
        }
    }

    /** {@code whole * part / of}, where |part| is not more than |of|. */
    private static long share(long whole, long part, long of) {
        long low = whole * part;
        if (Math.multiplyHigh(whole, part) == low >> 63) {
            return low / of;
        }
        return BigInteger.valueOf(whole)
                .multiply(BigInteger.valueOf(part))
                .divide(BigInteger.valueOf(of))
                .longValueExact();
    }

    private void ensure(int account) {
        if (account >= cash.length) {
            int capacity = Math.max(account + 1, cash.length * 2);
            cash = Arrays.copyOf(cash, capacity);
            lots = Arrays.copyOf(lots, capacity);
            cost = Arrays.copyOf(cost, capacity);
        }
    }
}
