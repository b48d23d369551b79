package dev.peal.market.book;

/**
 * A book, or its best levels, at one moment. Immutable.
 *
 * @param bids the best first; every size is 1 or more
 * @param asks likewise
 */
public record BookSnapshot(Levels bids, Levels asks) {
    public static final BookSnapshot EMPTY = new BookSnapshot(Levels.NONE, Levels.NONE);

    public Levels levels(Side side) {
        return side == Side.BUY ? bids : asks;
    }

    /** The best {@code depth} levels of both sides. */
    public BookSnapshot top(int depth) {
        return new BookSnapshot(bids.top(depth), asks.top(depth));
    }
}
