package dev.peal.testkit.history;

import dev.peal.protocol.Position;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Looks for everything that a log must not do, after Jepsen's kafka workload (https://github.com/jepsen-io/kafka: lost-write, duplicate, poll-skip,
 * nonmonotonic-poll, inconsistent-offsets).
 *
 * <p>A publish without an answer may be stored or not. What retention took is not judged. What readers got is judged by what they were told at their joins: after
 * {@code recovered:false} a hole is no fault.
 */
public final class HistoryChecker {
    private static final int ANOMALIES_MAX = 100;

    private final RoomHistory history;
    private final List<Anomaly> anomalies = new ArrayList<>();
    private final Map<String, Long> offsets = new HashMap<>();
    private final Map<Position, String> payloads = new HashMap<>();
    private final Set<String> sent = new HashSet<>();

    private HistoryChecker(RoomHistory history) {
        this.history = history;
    }

    /** All that is wrong with a room, at most the first hundred; empty if nothing is. */
    public static List<Anomaly> check(RoomHistory history) {
        HistoryChecker checker = new HistoryChecker(history);
        checker.log();
        for (ClientHistory client : history.clients()) {
            checker.acknowledged(client);
            checker.ordered(client);
            checker.seen(client);
        }
        return List.copyOf(checker.anomalies);
    }

    private void log() {
        for (ClientHistory client : history.clients()) {
            client.publishes().forEach(publish -> sent.add(publish.payload()));
        }
        long expected = history.oldest();
        for (Seen.Entry entry : history.log()) {
            if (entry.offset() != expected) {
                add(Anomaly.Kind.SKIPPED, "the log goes on with %s, not with %d".formatted(entry, expected));
            }
            expected = entry.offset() + 1;
            Long before = offsets.putIfAbsent(entry.payload(), entry.offset());
            if (before != null) {
                add(Anomaly.Kind.DUPLICATE, "%s is at %d already".formatted(entry, before));
            }
            known(entry, history.epoch());
        }
    }

    /** Whatever is at an offset was sent by somebody, and is the same for everyone. */
    private void known(Seen.Entry entry, String epoch) {
        if (!sent.contains(entry.payload())) {
            add(Anomaly.Kind.PHANTOM, entry + " was never sent");
        }
        consistent(new Position(epoch, entry.offset()), entry.payload());
    }

    private void consistent(Position position, String payload) {
        String before = payloads.putIfAbsent(position, payload);
        if (before != null && !before.equals(payload)) {
            add(Anomaly.Kind.INCONSISTENT_OFFSET, "%s is «%s» and «%s»".formatted(position, before, payload));
        }
    }

    private void acknowledged(ClientHistory client) {
        for (Publish publish : client.publishes()) {
            for (Position ack : publish.acks()) {
                consistent(ack, publish.payload());
                boolean trimmed = ack.epoch().equals(history.epoch()) && ack.offset() < history.oldest();
                if (!trimmed && !offsets.containsKey(publish.payload())) {
                    add(
                            Anomaly.Kind.LOST,
                            "%s of %s, acknowledged at %s".formatted(publish.payload(), client.client(), ack));
                }
            }
            if (publish.acks().stream().distinct().count() > 1) {
                add(Anomaly.Kind.DUPLICATE, "%s has several places: %s".formatted(publish.payload(), publish.acks()));
            }
        }
    }

    /** A publish that was refused may have been overtaken by those sent right behind it. */
    private void ordered(ClientHistory client) {
        long last = 0;
        for (Publish publish : client.publishes()) {
            Long offset = publish.refused() ? null : offsets.get(publish.payload());
            if (offset == null) {
                continue;
            }
            if (offset < last) {
                add(
                        Anomaly.Kind.REORDERED,
                        "%s of %s is at %d, what was sent before it at %d"
                                .formatted(publish.payload(), client.client(), offset, last));
            }
            last = Math.max(last, offset);
        }
    }

    private void seen(ClientHistory client) {
        Position at = null;
        for (Seen event : client.seen()) {
            at = switch (event) {
                case Seen.Joined joined -> joined(client, at, joined);
                case Seen.Entry entry -> entry(client, at, entry);
            };
        }
    }

    private Position joined(ClientHistory client, @Nullable Position before, Seen.Joined joined) {
        Optional<Position> since = joined.since();
        if (joined.recovered()
                && since.isPresent()
                && !since.get().epoch().equals(joined.newest().epoch())) {
            add(
                    Anomaly.Kind.SKIPPED,
                    "%s was promised all after %s in another epoch: %s"
                            .formatted(client.client(), since.get(), joined.newest()));
        }
        if (before != null && joined.recovered() && !joined.goesOnFrom().equals(before)) {
            add(
                    Anomaly.Kind.SKIPPED,
                    "%s was at %s and goes on from %s".formatted(client.client(), before, joined.goesOnFrom()));
        }
        return joined.goesOnFrom();
    }

    private Position entry(ClientHistory client, @Nullable Position at, Seen.Entry entry) {
        if (at == null) {
            add(Anomaly.Kind.PHANTOM, "%s got %s before it was in the room".formatted(client.client(), entry));
            return new Position(history.epoch(), entry.offset());
        }
        known(entry, at.epoch());
        if (entry.offset() <= at.offset()) {
            add(Anomaly.Kind.NON_MONOTONIC, "%s got %s after %s".formatted(client.client(), entry, at));
            return at;
        }
        if (entry.offset() > at.offset() + 1) {
            add(Anomaly.Kind.SKIPPED, "%s got %s after %s".formatted(client.client(), entry, at));
        }
        return new Position(at.epoch(), entry.offset());
    }

    private void add(Anomaly.Kind kind, String what) {
        if (anomalies.size() < ANOMALIES_MAX) {
            anomalies.add(new Anomaly(kind, history.room(), what));
        }
    }
}
