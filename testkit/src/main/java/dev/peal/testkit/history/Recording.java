package dev.peal.testkit.history;

import dev.peal.protocol.Position;
import dev.peal.protocol.Recovery;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes down what one client of an SDK publishes and sees in one room; a subclass asks the client and hears it. Thread-safe. */
public abstract class Recording {
    private final String client;
    private final String room;
    private final List<Seen> seen = new ArrayList<>();
    private final Map<String, Publish> publishes = new LinkedHashMap<>();
    private @Nullable Position at;

    protected Recording(String client, String room) {
        this.client = client;
        this.room = room;
    }

    /** Says something, at once or when it can be said. */
    public abstract void publish();

    /** The text of a publish that is about to be made, unlike all others. */
    protected final synchronized String nextPayload() {
        String payload = client + "-" + publishes.size();
        publishes.put(payload, new Publish(payload, List.of(), false));
        return payload;
    }

    protected final synchronized void stored(String payload, Position place) {
        publishes.put(payload, new Publish(payload, List.of(place), false));
    }

    /** For good. */
    protected final synchronized void refused(String payload) {
        publishes.put(payload, new Publish(payload, List.of(), true));
    }

    /** It is in the room; where nothing is recovered, {@code newest} is where it goes on. */
    protected final synchronized void joined(Position newest, Recovery recovery) {
        seen.add(new Seen.Joined(newest, Optional.ofNullable(at), recovery));
        if (!(recovery instanceof Recovery.Complete)) {
            at = newest;
        }
    }

    protected final synchronized void entry(long offset, String payload) {
        seen.add(new Seen.Entry(offset, payload));
        Position before = at;
        if (before != null) {
            at = new Position(before.epoch(), offset);
        }
    }

    public final String room() {
        return room;
    }

    public final synchronized long acknowledged() {
        return publishes.values().stream().filter(one -> !one.acks().isEmpty()).count();
    }

    public final synchronized int published() {
        return publishes.size();
    }

    /** Whether all is acknowledged. */
    public final synchronized boolean settled() {
        return publishes.values().stream().noneMatch(one -> one.acks().isEmpty());
    }

    /** The newest offset up to which it has everything; -1 before it was in the room. */
    public final synchronized long newest() {
        return at == null ? -1 : at.offset();
    }

    public final synchronized int joins() {
        return (int) seen.stream().filter(Seen.Joined.class::isInstance).count();
    }

    /** Whether each return was promised all that was missed: a client that asked for nothing would be told of no hole. */
    public final synchronized boolean recovered() {
        return seen.stream()
                .filter(Seen.Joined.class::isInstance)
                .map(Seen.Joined.class::cast)
                .skip(1)
                .allMatch(Seen.Joined::recovered);
    }

    public final synchronized ClientHistory history() {
        return new ClientHistory(client, List.copyOf(publishes.values()), seen);
    }

    @Override
    public final synchronized String toString() {
        return client + " at " + at + " after " + seen;
    }
}
