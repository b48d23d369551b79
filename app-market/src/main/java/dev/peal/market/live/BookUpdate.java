package dev.peal.market.live;

import dev.peal.market.book.BookDelta;
import dev.peal.market.book.BookSnapshot;

/**
 * How a book changed: from the one with the sequence {@code previous} to the one with {@code sequence}, over all between them.
 *
 * @param delta the newest size of each level that changed
 * @param top the best ten levels of the book as it is now
 * @param checksum of the book as it is now
 * @param timeNanos of the newest change
 */
public record BookUpdate(
        long previous, long sequence, BookDelta delta, BookSnapshot top, long checksum, long timeNanos) {

    /** This and the update that follows it, as one: from where this one begins to where the newer one ends. */
    public BookUpdate then(BookUpdate newer) {
        if (newer.previous != sequence) {
            throw new IllegalArgumentException("the update behind " + sequence + " begins at " + newer.previous);
        }
        return new BookUpdate(
                previous, newer.sequence, delta.merge(newer.delta), newer.top, newer.checksum, newer.timeNanos);
    }
}
