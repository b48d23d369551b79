package dev.peal.e2e.fault;

import dev.peal.docs.client.DocumentClient;
import dev.peal.docs.client.KnownText;
import dev.peal.ot.Document;
import dev.peal.testkit.fault.Wire;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Somebody who writes in a document over a real connection, as fast as it is stored, and goes on writing while the server is away. Comes back whenever the connection
 * ends. Thread-safe; a virtual thread of its own reads and writes.
 */
final class Author implements AutoCloseable {
    private static final int SILENCE_MILLIS_MAX = 10_000;
    private static final long BACK_OFF_NANOS = 30_000_000;
    private static final int EDITS_AWAY_MAX = 3;

    private final JsonMapper json = new JsonMapper();
    private final int port;
    private final String user;
    private final KnownText text;
    private final Random random;
    private final DocumentClient document;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Thread thread;
    private @Nullable Wire wire;
    private @Nullable Throwable failure;
    private boolean writing = true;
    private boolean closed;

    Author(int port, String user, String documentId, KnownText text, long seed) {
        this.port = port;
        this.user = user;
        this.text = text;
        this.random = new Random(seed);
        this.document = new DocumentClient(user, documentId);
        this.thread = Thread.ofVirtual().name(user).start(this::run);
    }

    private void run() {
        while (!isClosed()) {
            try (Wire next = Wire.connect(port, SILENCE_MILLIS_MAX)) {
                converse(next);
            } catch (IOException | UncheckedIOException e) {
                // The server was killed, or is not back yet: that is what this is here for.
            } catch (RuntimeException | AssertionError e) {
                fails(e);
            }
            away();
            LockSupport.parkNanos(BACK_OFF_NANOS);
        }
    }

    private void converse(Wire next) throws IOException {
        next.send("{\"type\":\"authenticate\",\"data\":{\"userId\":\"" + user + "\"}}");
        with(() -> {
            wire = next;
            document.connected(frame -> send(next, frame));
        });
        for (Optional<String> frame = next.next(); frame.isPresent() && !isClosed(); frame = next.next()) {
            String said = frame.get();
            with(() -> {
                document.receive(json.readTree(said));
                if (writing && document.settled()) {
                    document.edit(text.change(document.content(), random));
                }
            });
        }
    }

    private static void send(Wire to, String frame) {
        try {
            to.send(frame);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void away() {
        with(() -> {
            wire = null;
            document.disconnected();
            for (int edits = random.nextInt(EDITS_AWAY_MAX); writing && document.revision() > 0 && edits > 0; edits--) {
                document.edit(text.change(document.content(), random));
            }
        });
    }

    private void fails(Throwable e) {
        with(() -> failure = failure == null ? e : failure);
    }

    /** Types no more. */
    void rest() {
        with(() -> writing = false);
    }

    Document content() {
        return told(document::content);
    }

    long revision() {
        return told(document::revision);
    }

    long acknowledged() {
        return told(document::acknowledged);
    }

    /** Waits for something to be true of the document. */
    void await(Predicate<DocumentClient> condition) {
        lock.lock();
        try {
            while (!condition.test(document)) {
                Throwable failed = failure;
                if (failed != null) {
                    throw new AssertionError(user + " failed", failed);
                }
                if (!changed.await(60, TimeUnit.SECONDS)) {
                    throw new AssertionError(user + " waits for ever at " + document.revision());
                }
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts the test", e);
        } finally {
            lock.unlock();
        }
    }

    private boolean isClosed() {
        return told(() -> closed || failure != null);
    }

    private void with(Runnable step) {
        lock.lock();
        try {
            step.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private <T> T told(Supplier<T> question) {
        lock.lock();
        try {
            return question.get();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() throws IOException {
        Wire open = told(() -> wire);
        with(() -> closed = true);
        if (open != null) {
            open.close();
        }
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts the test", e);
        }
    }
}
