package dev.peal.market.feed;

import dev.peal.hub.EncodedBatch;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One way to look at one symbol, shared by all readers on a loop who look that way. Belongs to its loop. */
abstract class View {
    private final SymbolFeed feed;
    private @Nullable Place newest;
    private @Nullable Place start;
    private long startVersion;
    private int readers;

    private final Topic topic;

    View(SymbolFeed feed, Topic topic) {
        this.feed = feed;
        this.topic = topic;
    }

    Topic topic() {
        return topic;
    }

    SymbolFeed feed() {
        return feed;
    }

    void joined() {
        readers++;
    }

    /** A reader is gone. With the last one goes what was kept for them: there are many ways to look, and a book of each would stay for good. */
    void left() {
        if (--readers == 0) {
            newest = null;
            start = null;
        }
    }

    /** Where a reader begins who was told nothing yet: what follows is what comes at once. */
    Place start() {
        Place known = start;
        if (known == null || startVersion != feed.version()) {
            known = begin();
            start = known;
            startVersion = feed.version();
        }
        return known;
    }

    /** Where a reader begins who looked another way so far, and was told what is before {@code told}. */
    Place startAfter(View before, Place told) {
        return start();
    }

    /** Where a reader is who has been told everything; the same object until something changes. */
    Place newest() {
        Place known = newest;
        if (known == null || known.version != feed.version()) {
            known = end();
            newest = known;
        }
        return known;
    }

    /** The frames that take a reader from a place to the newest one: encoded by the first who asks in this iteration. */
    List<EncodedBatch> from(Place place) {
        if (!place.hasFramesTo(feed.version())) {
            place.forget();
            Frames frames = feed.loop().frames();
            write(place, frames);
            place.remember(feed.version(), frames.take());
            feed.loop().encoded(place);
        }
        return place.frames();
    }

    /** A place where nothing was told yet. */
    abstract Place begin();

    /** The place where everything was told, as of now. */
    abstract Place end();

    /** Writes what is told from a place on, up to now. */
    abstract void write(Place from, Frames out);
}
