package dev.peal.testkit.fault;

import dev.peal.protocol.Position;
import dev.peal.testkit.history.Publish;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * An outbox: what a client has published, what of it is not answered, and what is to be sent once more although it is. Owned by its client, under its lock.
 *
 * <p>Each publish is sent at least once and until it is answered; besides, from one to {@code copiesMax} times, some of them at once and the others after the next
 * reconnect.
 */
final class Publishes {
    private final String client;
    private final int copiesMax;
    private final Random random;
    private final List<Sending> all = new ArrayList<>();
    private final LinkedHashSet<Sending> unanswered = new LinkedHashSet<>();
    private final ArrayDeque<Sending> again = new ArrayDeque<>();
    private final Map<String, Sending> asked = new HashMap<>();
    private long requests;
    private int acked;

    Publishes(String client, int copiesMax, Random random) {
        this.client = client;
        this.copiesMax = copiesMax;
        this.random = random;
    }

    /** One publish on its way. */
    static final class Sending {
        private final String payload;
        private final List<Position> acks = new ArrayList<>(1);
        private boolean refused;

        private Sending(String payload) {
            this.payload = payload;
        }

        String payload() {
            return payload;
        }
    }

    /** A new one, and how often to send it now. */
    int add() {
        Sending sending = new Sending(client + "-" + all.size());
        all.add(sending);
        unanswered.add(sending);
        int copies = 1 + random.nextInt(copiesMax);
        int now = 1 + random.nextInt(copies);
        for (int i = now; i < copies; i++) {
            again.add(sending);
        }
        return now;
    }

    Sending last() {
        return all.getLast();
    }

    /** A connection begins: what is to be sent over it first, in the order of the publishes. */
    List<Sending> afresh() {
        asked.clear();
        List<Sending> first = new ArrayList<>(again);
        again.clear();
        first.removeAll(unanswered);
        first.addAll(unanswered);
        return first;
    }

    /** The id of one request for it. */
    String ask(Sending sending) {
        String id = "p" + requests++;
        asked.put(id, sending);
        return id;
    }

    /** Whether the answer is about a publish. */
    boolean acked(String id, Position position) {
        Sending sending = asked.remove(id);
        if (sending == null) {
            return false;
        }
        if (unanswered.remove(sending)) {
            acked++;
        }
        if (!sending.acks.contains(position)) {
            sending.acks.add(position);
        }
        return true;
    }

    /**
     * Whether the answer is about a publish; it stays unanswered. The client ends this connection now, so that it will not hear how the others that were asked for
     * on it fared: each of them may have been refused as well, and those behind it stored.
     */
    boolean refused(String id) {
        if (!asked.containsKey(id)) {
            return false;
        }
        for (Sending sending : asked.values()) {
            sending.refused |= sending.acks.isEmpty();
        }
        asked.clear();
        return true;
    }

    int count() {
        return all.size();
    }

    int acked() {
        return acked;
    }

    Collection<Sending> unanswered() {
        return unanswered;
    }

    List<Publish> history() {
        return all.stream()
                .map(sending -> new Publish(sending.payload, sending.acks, sending.refused))
                .toList();
    }
}
