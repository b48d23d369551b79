package dev.peal.market.feed;

import dev.peal.hub.EncodedBatch;
import dev.peal.market.book.BookSnapshot;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a reader of one symbol was told last. Immutable but for one thing: it remembers the frames that take whoever is here to the newest state, until the iteration's
 * end.
 */
final class Place {
    /** The version of a place where nothing was told yet. */
    static final long NOTHING = -1;

    private static final long NEVER = -1;

    /** The symbol's version: it rises with every change. */
    final long version;

    final long priceSequence;
    final long tradeSequence;
    final long bookSequence;

    /** The book that it has, cut to its depth; empty where it is told whole books. */
    final BookSnapshot book;

    /** Whether the next book must be a whole one; of candles, whether the newest is told though it did not change. */
    final boolean wantsWhole;

    private @Nullable Place withoutBook;
    private List<EncodedBatch> frames = List.of();
    private long framesVersion = NEVER;

    Place(
            long version,
            long priceSequence,
            long tradeSequence,
            long bookSequence,
            BookSnapshot book,
            boolean wantsWhole) {
        this.version = version;
        this.priceSequence = priceSequence;
        this.tradeSequence = tradeSequence;
        this.bookSequence = bookSequence;
        this.book = book;
        this.wantsWhole = wantsWhole;
    }

    /** Where nothing but versions counts: what is told has no sequences of its own. */
    static Place of(long version) {
        return new Place(version, 0, 0, 0, BookSnapshot.EMPTY, false);
    }

    /** Where only what is newest and what changes after a version is told. */
    static Place beginning(long version) {
        return new Place(version, 0, 0, 0, BookSnapshot.EMPTY, true);
    }

    /** The same, but for a book that is not to be relied on; one for all who are here, since many may lose the thread at once. */
    Place withoutBook() {
        Place known = withoutBook;
        if (known == null) {
            known = new Place(version, priceSequence, tradeSequence, bookSequence, BookSnapshot.EMPTY, true);
            withoutBook = known;
        }
        return known;
    }

    boolean hasFramesTo(long newest) {
        return framesVersion == newest;
    }

    List<EncodedBatch> frames() {
        return frames;
    }

    void remember(long newest, List<EncodedBatch> encoded) {
        framesVersion = newest;
        frames = encoded;
    }

    /** Lets go of the frames. */
    void forget() {
        frames.forEach(EncodedBatch::release);
        frames = List.of();
        framesVersion = NEVER;
    }
}
