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

/** The threads that read. Each has a connection of its own, opened at its first read and anew after an error. */
final class Readers implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Readers.class);

    private final Connections connections;
    private final BlockingQueue<Read<?>> queue;
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean closed;

    Readers(Connections connections, SqliteConfig.Limits limits) {
        this.connections = connections;
        this.queue = new ArrayBlockingQueue<>(limits.readsMax());
        for (int i = 0; i < limits.readers(); i++) {
            Thread thread = new Thread(this::run, "peal-log-reader-" + i);
            thread.setDaemon(true);
            threads.add(thread);
        }
    }

    /** What is asked of a reader. */
    interface Query<T> {
        T ask(Reader reader) throws SQLException;
    }

    private record Read<T>(Query<? extends T> query, T failed, Owner owner, Consumer<T> done) {
        void ask(Reader reader) throws SQLException {
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
    <T> void ask(Query<? extends T> query, T failed, Owner owner, Consumer<T> done) {
        Read<T> read = new Read<>(query, failed, owner, done);
        if (closed || !queue.offer(read)) {
            read.fail();
        }
    }

    private void run() {
        Reader reader = null;
        try {
            while (true) {
                Read<?> read = queue.take();
                try {
                    reader = reader == null ? new Reader(connections) : reader;
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
        for (Read<?> read = queue.poll(); read != null; read = queue.poll()) {
            read.fail();
        }
    }

    private static void closeQuietly(@Nullable Reader reader) {
        try {
            if (reader != null) {
                reader.close();
            }
        } catch (SQLException e) {
            LOG.debug("closing a reader failed", e);
        }
    }
}
