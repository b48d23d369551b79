package dev.peal.engine.sqlite;

import dev.peal.log.Retention;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Function;

/**
 * What a {@link SqliteLog} is given.
 *
 * @param file the database; its folder exists. SQLite adds {@code -wal} and {@code -shm} beside it
 * @param retention how long each room kind's entries are kept
 * @param bytesMax what the database may take on the disk; beyond it the oldest entries of all rooms go; {@link Long#MAX_VALUE}: no limit
 * @param limits the bounds of its queues
 */
public record SqliteConfig(Path file, Function<String, Retention> retention, long bytesMax, Limits limits) {
    public SqliteConfig {
        Objects.requireNonNull(file);
        Objects.requireNonNull(retention);
        Objects.requireNonNull(limits);
        if (bytesMax < 1) {
            throw new IllegalArgumentException("bytesMax: from 1");
        }
    }

    /** The defaults: everything is kept. */
    public static SqliteConfig of(Path file) {
        return new SqliteConfig(file, kind -> Retention.ALL, Long.MAX_VALUE, Limits.DEFAULT);
    }

    /**
     * The bounds of a log's queues.
     *
     * @param appendsMax appends that wait for the writer; one more is answered {@code Unavailable}
     * @param appendBytesMax bytes of data that wait for the writer; beyond it likewise
     * @param commitBytesMax bytes of data in one transaction: bounds the pause that a backlog makes
     * @param readsMax reads that wait; one more is answered {@code Failed}
     * @param readers threads that read, each with a connection
     */
    public record Limits(int appendsMax, long appendBytesMax, int commitBytesMax, int readsMax, int readers) {
        /** 100,000 appends or 64 MiB wait at most; 2 MiB a commit; 10,000 reads on 2 threads. */
        public static final Limits DEFAULT = new Limits(100_000, 64 << 20, 2 << 20, 10_000, 2);

        public Limits {
            if (appendsMax < 1 || appendBytesMax < 1 || commitBytesMax < 1 || readsMax < 1 || readers < 1) {
                throw new IllegalArgumentException("limits: every one from 1");
            }
        }
    }
}
