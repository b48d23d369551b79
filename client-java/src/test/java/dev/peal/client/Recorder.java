package dev.peal.client;

import dev.peal.protocol.Position;
import dev.peal.protocol.Recovery;
import dev.peal.testkit.history.ClientHistory;
import dev.peal.testkit.history.Publish;
import dev.peal.testkit.history.Seen;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Writes down what one client publishes and sees in one room. Thread-safe. */
public final class Recorder {
    private final Room room;
    private final String name;
    private final List<Seen> seen = new ArrayList<>();
    private final List<Sent> sent = new ArrayList<>();
    private @Nullable Position at;

    private record Sent(String payload, CompletableFuture<Ack> ack) {}

    public Recorder(String name, Room room) {
        this.name = name;
        this.room = room;
        room.onEvent(this::take);
    }

    private synchronized void take(RoomEvent event) {
        if (event instanceof RoomEvent.Joined joined) {
            Recovery recovery = joined.recovery();
            seen.add(new Seen.Joined(joined.newest(), Optional.ofNullable(at), recovery));
            if (!(recovery instanceof Recovery.Complete)) {
                at = joined.newest();
            }
        } else if (event instanceof RoomEvent.Message message) {
            seen.add(new Seen.Entry(message.place(), message.text()));
            Position before = at;
            if (before != null) {
                at = new Position(before.epoch(), message.place());
            }
        }
    }

    public void publish() {
        String payload = name + "-" + sent.size();
        sent.add(new Sent(payload, room.publish(payload)));
    }

    public String room() {
        return room.id();
    }

    public long acknowledged() {
        return sent.stream().filter(one -> one.ack.isDone()).count();
    }

    public int published() {
        return sent.size();
    }

    /** Whether all is acknowledged. */
    public boolean settled() {
        return sent.stream().allMatch(one -> one.ack.isDone() && !one.ack.isCompletedExceptionally());
    }

    public synchronized long newest() {
        return at == null ? -1 : at.offset();
    }

    public synchronized int joins() {
        return (int) seen.stream().filter(Seen.Joined.class::isInstance).count();
    }

    /** Whether each return was promised all that was missed: a client that asked for nothing would be told of no hole. */
    public synchronized boolean recovered() {
        return seen.stream()
                .filter(Seen.Joined.class::isInstance)
                .map(Seen.Joined.class::cast)
                .skip(1)
                .allMatch(Seen.Joined::recovered);
    }

    public synchronized ClientHistory history() {
        List<Publish> publishes = sent.stream()
                .map(one -> new Publish(
                        one.payload,
                        one.ack.isDone() && !one.ack.isCompletedExceptionally()
                                ? List.of(one.ack.join().position())
                                : List.of(),
                        false))
                .toList();
        return new ClientHistory(name, publishes, seen);
    }

    @Override
    public synchronized String toString() {
        return name + " at " + at + " after " + seen;
    }
}
