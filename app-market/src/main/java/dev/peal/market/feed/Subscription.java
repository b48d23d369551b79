package dev.peal.market.feed;

import dev.peal.hub.EncodedBatch;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One reader's look at one symbol. Belongs to its loop. */
final class Subscription {
    private final Reader reader;
    private final View view;
    private Place place;
    private boolean ended;

    /** Where it is among those of its symbol and pace. */
    @Nullable
    Lane lane;

    int laneIndex;

    /** Whether it waits for its reader's socket. */
    boolean waiting;

    Subscription(Reader reader, View view) {
        this(reader, view, view.start());
    }

    private Subscription(Reader reader, View view, Place place) {
        this.reader = reader;
        this.view = view;
        this.place = place;
        view.joined();
    }

    /** What takes the place of this one, and goes on where it is. */
    Subscription as(View other) {
        return new Subscription(reader, other, other.startAfter(view, place));
    }

    View view() {
        return view;
    }

    /** Its pace. */
    int perSecond() {
        return lane == null ? 0 : lane.pace().perSecond();
    }

    boolean ended() {
        return ended;
    }

    /** There may be something to tell. */
    void due() {
        reader.due(this);
    }

    /** The next book is a whole one. */
    void forgetBook() {
        place = place.withoutBook();
    }

    /** Tells all that is new. */
    void tell() {
        Place newest = view.newest();
        if (ended || place == newest) {
            return;
        }
        List<EncodedBatch> frames = view.from(place);
        for (int i = 0; i < frames.size(); i++) {
            reader.outlet().write(frames.get(i));
        }
        place = newest;
    }

    void end() {
        ended = true;
        view.left();
        Lane left = lane;
        if (left != null) {
            left.remove(this);
            lane = null;
        }
    }
}
