package dev.peal.engine.sqlite;

import dev.peal.time.Owner;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads that read. Each has a reader with connections of its own, opened at its first read and anew after an error.
 *
 * @param <R> the reader
 */
final class Readers<R extends AutoCloseable> implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Readers.class);

    private final Opener<R> opener;
    private final BlockingQueue<Read<R, ?>> queue;
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean closed;

    /**
     * @param name of the threads
     * @param readsMax reads that wait
     */
    Readers(String name, Opener<R> opener, int threads, int readsMax) {
        this.opener = opener;
        this.queue = new ArrayBlockingQueue<>(readsMax);
        for (int i = 0; i < threads; i++) {
            Thread thread = new Thread(this::run, name + "-" + i);
            thread.setDaemon(true);
            this.threads.add(thread);
        }
    }

    /** Makes a reader. */
    interface Opener<R> {
        R open() throws SQLException;
    }

    /** What is asked of a reader. */
    interface Query<R, T> {
        T ask(R reader) throws SQLException;
    }

    private record Read<R, T>(Query<R, ? extends T> query, T failed, Owner owner, Consumer<T> done) {
        void ask(R reader) throws SQLException {
            answer(query.ask(reader));
        }

        void fail() {
            answer(failed);
        }

        private void answer(T answer) {
            owner.execute(() -> done.accept(answer));
        }
    }

    void start() {
        threads.forEach(Thread::start);
    }

    /** Asks when a reader is free; {@code failed} is the answer where none can be had. */
    <T> void ask(Query<R, ? extends T> query, T failed, Owner owner, Consumer<T> done) {
        Read<R, T> read = new Read<>(query, failed, owner, done);
        if (closed || !queue.offer(read)) {
            read.fail();
        }
    }

    private void run() {
        R reader = null;
        try {
            while (true) {
                Read<R, ?> read = queue.take();
                try {
                    reader = reader == null ? opener.open() : reader;
                    read.ask(reader);
                } catch (SQLException | RuntimeException e) {
                    // Also what a damaged database makes of the driver or of us: this thread has to go on.
                    LOG.warn("a read failed", e);
                    closeQuietly(reader);
                    reader = null;
                    read.fail();
                }
            }
        } catch (InterruptedException e) {
            // Closed.
            closeQuietly(reader);
        }
    }

    /** Ends the threads; what still waits is answered {@code Failed}. */
    @Override
    public void close() throws InterruptedException {
        closed = true;
        threads.forEach(Thread::interrupt);
        for (Thread thread : threads) {
            thread.join();
        }
        for (Read<R, ?> read = queue.poll(); read != null; read = queue.poll()) {
            read.fail();
        }
    }

    private static void closeQuietly(@Nullable AutoCloseable reader) {
        try {
            if (reader != null) {
                reader.close();
            }
        } catch (Exception e) {
            LOG.debug("closing a reader failed", e);
        }
    }
}
