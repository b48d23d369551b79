package dev.peal.market.book;

import java.util.Arrays;

/** Prices with the size at each, the best first. Immutable. What a size of 0 means is its owner's to say. */
public final class Levels {
    public static final Levels NONE = new Levels(new long[0], new long[0]);

    private final long[] priceTicks;
    private final long[] lots;

    /** Takes the arrays, of one length; nobody writes to them again. */
    Levels(long[] priceTicks, long[] lots) {
        this.priceTicks = priceTicks;
        this.lots = lots;
    }

    /** Levels from price, size, price, size, …, the best first. */
    public static Levels of(long... pairs) {
        if (pairs.length % 2 != 0) {
            throw new IllegalArgumentException("a price without its size");
        }
        int size = pairs.length / 2;
        long[] prices = new long[size];
        long[] lots = new long[size];
        for (int i = 0; i < size; i++) {
            prices[i] = pairs[2 * i];
            lots[i] = pairs[2 * i + 1];
        }
        return new Levels(prices, lots);
    }

    public int size() {
        return priceTicks.length;
    }

    public boolean isEmpty() {
        return priceTicks.length == 0;
    }

    /** The price of the level with this rank, in ticks; rank 0 is the best. */
    public long priceTicks(int rank) {
        return priceTicks[rank];
    }

    /** The size of the level with this rank, in lots. */
    public long lots(int rank) {
        return lots[rank];
    }

    /** The best {@code depth} of them. */
    public Levels top(int depth) {
        return depth >= size() ? this : new Levels(Arrays.copyOf(priceTicks, depth), Arrays.copyOf(lots, depth));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Levels that
                && Arrays.equals(priceTicks, that.priceTicks)
                && Arrays.equals(lots, that.lots);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(priceTicks) + Arrays.hashCode(lots);
    }

    /** {@code [[price, lots], …]} in ticks and lots. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("[");
        for (int i = 0; i < size(); i++) {
            text.append(i == 0 ? "[" : ", [")
                    .append(priceTicks[i])
                    .append(", ")
                    .append(lots[i])
                    .append(']');
        }
        return text.append(']').toString();
    }
}
