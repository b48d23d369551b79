package dev.peal.testkit.fault;

import dev.peal.protocol.Position;
import dev.peal.protocol.Recovery;
import dev.peal.testkit.history.ClientHistory;
import dev.peal.testkit.history.Seen;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A member of one room that never gives up: whenever its connection ends it comes back, joins with its position, and sends again what was not answered, under the
 * same message ids and in the same order. Writes down what it did and all that it saw. Thread-safe; one virtual thread of its own reads.
 */
public final class ResumingClient implements AutoCloseable {
    private static final int BACK_OFF_GROWTH_MAX = 25;

    /** After so long without a byte it takes the server for gone. */
    private static final int SILENCE_MILLIS_MAX = 60_000;

    private final Settings settings;
    private final Random random;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Publishes publishes;
    private final List<Seen> seen = new ArrayList<>();
    private final List<Ending> endings = new ArrayList<>();
    private final Thread thread;
    private @Nullable Wire wire;
    private @Nullable Position at;
    private @Nullable String failure;
    private boolean joined;
    private boolean closed;
    private int window;
    private int upTo;
    private int joins;
    private long reconnectAfterMillis = -1;

    /**
     * Who it is, and how it behaves.
     *
     * @param user its user's id; its payloads begin with it, so no two clients share one
     * @param token what it signs in with; empty in open mode
     * @param copiesMax how often it sends a publish at most, answered or not
     * @param backOffMillis the longest wait before it comes back; it doubles with each failure, up to 25 times as long
     */
    public record Settings(
            int port, String user, Optional<String> token, String room, int copiesMax, int backOffMillis, long seed) {}

    /**
     * How a connection ended.
     *
     * @param closeCode of the server's close frame; 0 where there was none
     * @param reconnectAfterMillis the slot that the server announced before; -1 where it did not
     * @param atNanos when, by {@link System#nanoTime}
     */
    public record Ending(int closeCode, long reconnectAfterMillis, long atNanos) {}

    private ResumingClient(Settings settings) {
        this.settings = settings;
        this.random = new Random(settings.seed());
        this.publishes = new Publishes(settings.user(), settings.copiesMax(), random);
        this.thread = Thread.ofVirtual().name(settings.user()).unstarted(this::run);
    }

    /** A client on its way to its room. */
    public static ResumingClient open(Settings settings) {
        ResumingClient client = new ResumingClient(settings);
        client.thread.start();
        return client;
    }

    private void run() {
        int failures = 0;
        while (!isClosed()) {
            int joinsBefore = joins();
            try (Wire next = Wire.connect(settings.port(), SILENCE_MILLIS_MAX)) {
                converse(next);
                over(next.closeCode());
            } catch (IOException e) {
                over(0); // cut: that is what it is here for
            }
            failures = joins() > joinsBefore ? 0 : failures + 1;
            backOff(failures);
        }
    }

    private void converse(Wire next) throws IOException {
        String who = settings.token()
                .map(token -> "\"token\":\"" + token + "\"")
                .orElse("\"userId\":\"" + settings.user() + "\"");
        next.send("{\"type\":\"authenticate\",\"data\":{" + who + "}}");
        lock.lock();
        @Nullable Position since;
        try {
            since = at;
            wire = next;
            if (closed) {
                return;
            }
        } finally {
            lock.unlock();
        }
        String resume = since == null
                ? ""
                : ",\"since\":{\"epoch\":\"" + since.epoch() + "\",\"offset\":" + since.offset() + "}";
        next.send("{\"type\":\"join_room\",\"id\":\"j\",\"data\":{\"roomId\":\"" + settings.room() + "\"" + resume
                + "}}");
        for (Optional<String> frame = next.next(); frame.isPresent(); frame = next.next()) {
            lock.lock();
            try {
                take(next, frame.get(), Optional.ofNullable(since));
            } finally {
                lock.unlock();
            }
        }
    }

    private void take(Wire from, String frame, Optional<Position> since) throws IOException {
        if (Fields.isType(frame, "message")) {
            entry(frame);
        } else if (Fields.isType(frame, "ack")) {
            Position position = new Position(Fields.text(frame, "epoch"), Fields.number(frame, "offset"));
            publishes.acked(Fields.text(frame, "id"), position);
            publish();
        } else if (Fields.isType(frame, "joined")) {
            joined(from, frame, since);
        } else if (Fields.isType(frame, "reconnect")) {
            reconnectAfterMillis = Fields.number(frame, "afterMs");
        } else if (Fields.isType(frame, "error")) {
            refused(frame);
        }
    }

    private void entry(String frame) throws IOException {
        long offset = Fields.number(frame, "offset");
        seen.add(new Seen.Entry(offset, Fields.text(frame, "message")));
        Position before = at;
        if (before != null && before.offset() < offset) {
            at = new Position(before.epoch(), offset);
            changed.signalAll();
        }
    }

    private void joined(Wire from, String frame, Optional<Position> since) throws IOException {
        Position newest = new Position(Fields.text(frame, "epoch"), Fields.number(frame, "offset"));
        Seen.Joined event = new Seen.Joined(newest, since, recovery(frame));
        seen.add(event);
        if (!event.recovered()) {
            at = newest;
        }
        joined = true;
        joins++;
        for (Publishes.Sending sending : publishes.afresh()) {
            send(from, sending);
        }
        publish();
        changed.signalAll();
    }

    private static Recovery recovery(String frame) throws IOException {
        if (!Fields.has(frame, "recovered")) {
            return Recovery.NOT_ASKED;
        }
        if (Fields.flag(frame, "recovered")) {
            return Recovery.COMPLETE;
        }
        String wire = Fields.text(frame, "reason");
        for (Recovery.Reason reason : Recovery.Reason.values()) {
            if (reason.wire().equals(wire)) {
                return new Recovery.Lost(reason, Fields.number(frame, "oldest"));
            }
        }
        throw new IOException("an unknown reason: " + frame);
    }

    /** An error that may pass: it comes again, and with it whatever is unanswered. */
    private void refused(String frame) throws IOException {
        if (!Fields.flag(frame, "retry")) {
            failure = frame;
        }
        if (Fields.has(frame, "id")) {
            publishes.refused(Fields.text(frame, "id"));
        }
        throw new IOException("refused");
    }

    /** Keeps so many publishes unanswered, until there are so many in all. */
    public void publishing(int unansweredMax, int publishesMax) {
        lock.lock();
        try {
            window = unansweredMax;
            upTo = publishesMax;
            publish();
        } catch (IOException e) {
            // The reader finds it as well and comes back.
        } finally {
            lock.unlock();
        }
    }

    private void publish() throws IOException {
        Wire to = wire;
        while (joined
                && to != null
                && publishes.count() < upTo
                && publishes.unanswered().size() < window) {
            for (int copies = publishes.add(); copies > 0; copies--) {
                send(to, publishes.last());
            }
        }
    }

    private void send(Wire to, Publishes.Sending sending) throws IOException {
        String payload = sending.payload();
        to.send("{\"type\":\"message\",\"id\":\"" + publishes.ask(sending) + "\",\"messageId\":\"" + payload
                + "\",\"data\":{\"roomId\":\"" + settings.room() + "\",\"message\":\"" + payload + "\"}}");
    }

    private void over(int closeCode) {
        lock.lock();
        try {
            wire = null;
            joined = false;
            endings.add(new Ending(closeCode, reconnectAfterMillis, System.nanoTime()));
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for the announced slot, else longer with each failure, and never as long as the others. */
    private void backOff(int failures) {
        lock.lock();
        try {
            int most = settings.backOffMillis() * Math.min(BACK_OFF_GROWTH_MAX, 1 << Math.min(failures, 10));
            long millis = reconnectAfterMillis >= 0 ? reconnectAfterMillis : most / 2 + random.nextInt(most / 2 + 1);
            reconnectAfterMillis = -1;
            long nanos = TimeUnit.MILLISECONDS.toNanos(millis);
            while (nanos > 0 && !closed) {
                nanos = changed.awaitNanos(nanos);
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts a client", e);
        } finally {
            lock.unlock();
        }
    }

    private <T> T locked(Supplier<T> read) {
        lock.lock();
        try {
            return read.get();
        } finally {
            lock.unlock();
        }
    }

    private boolean isClosed() {
        return locked(() -> closed);
    }

    public String room() {
        return settings.room();
    }

    /** Whether it is in its room over a connection that it believes in. */
    public boolean joinedNow() {
        return locked(() -> joined);
    }

    /** How often it came into its room. */
    public int joins() {
        return locked(() -> joins);
    }

    /** Publishes that are acknowledged. */
    public int acked() {
        return locked(() -> publishes.acked());
    }

    /** Publishes that nobody has acknowledged yet. */
    public int unanswered() {
        return locked(() -> publishes.unanswered().size());
    }

    /** The newest position that it has; empty before it was ever in its room. */
    public Optional<Position> position() {
        return locked(() -> Optional.ofNullable(at));
    }

    /** Throws an {@link AssertionError} if the server refused it for good. */
    public void mustBeWell() {
        lock.lock();
        try {
            if (failure != null) {
                throw new AssertionError(settings.user() + " was refused: " + failure);
            }
        } finally {
            lock.unlock();
        }
    }

    /** How its connections ended, the oldest first. */
    public List<Ending> endings() {
        return locked(() -> List.copyOf(endings));
    }

    /** What it did and saw so far. */
    public ClientHistory history() {
        return locked(() -> new ClientHistory(settings.user(), publishes.history(), seen));
    }

    /** Ends its connection without a word and comes back at once. */
    public void cut() {
        lock.lock();
        try {
            if (wire != null) {
                wire.reset();
            }
        } catch (IOException e) {
            // It is cut already.
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        cut();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
