package dev.peal.transport.sse;

import dev.peal.session.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Makes event streams. Thread-safe; what it makes belongs to one loop. */
public final class EventStreams {
    /** What a stream is like. */
    public enum Ids {
        /** Each stored entry has the id of its place: there is one log. */
        EACH,
        /** A run of entries is followed by an id that names the places in all rooms. */
        RUNS
    }

    private final StreamConfig config;
    private final StreamMeters meters;
    private final List<List<EventFormat>> formats;

    /** @param loops how many event loops there are */
    public EventStreams(StreamConfig config, int loops, StreamMeters meters) {
        this.config = config;
        this.meters = meters;
        List<List<EventFormat>> made = new ArrayList<>();
        for (int i = 0; i < loops; i++) {
            made.add(List.of(
                    new EventFormat(false, false),
                    new EventFormat(true, false),
                    new EventFormat(false, true),
                    new EventFormat(true, true)));
        }
        this.formats = List.copyOf(made);
    }

    /**
     * A stream that is about to open.
     *
     * @param loop the number of its event loop
     * @param named whether each event says its type
     * @param opener gives it its session, once the head of the response is written; called on its loop
     * @param ended called once, when it is gone
     */
    public EventStream stream(int loop, Ids ids, boolean named, Function<EventStream, Session> opener, Runnable ended) {
        int index = (ids == Ids.EACH ? 1 : 0) + (named ? 2 : 0);
        return new EventStream(formats.get(loop).get(index), config, meters, opener, ended);
    }
}
