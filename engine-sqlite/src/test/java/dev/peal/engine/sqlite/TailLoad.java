package dev.peal.engine.sqlite;

import dev.peal.log.Draft;
import dev.peal.log.Entry;
import dev.peal.log.Feed;
import dev.peal.log.Follower;
import dev.peal.log.LogRead;
import dev.peal.log.ReadRequest;
import dev.peal.log.RoomKey;
import dev.peal.time.Clock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;

/**
 * Measures how long a room of many entries takes to open at its tail: following it, and its newest 50 entries, both on a log that was just started, so with
 * nothing of it in the process's memory. Arguments: folder, entries, times.
 */
final class TailLoad {
    private static final RoomKey ROOM = new RoomKey("chat", "large");

    private final LoopOwner owner = new LoopOwner();
    private final byte[] data = new byte[180];
    private long sent;

    private TailLoad() {}

    public static void main(String[] args) throws Exception {
        Path file = Files.createTempDirectory(Path.of(args[0]), "tail-load").resolve("log.db");
        TailLoad load = new TailLoad();
        load.write(file, Integer.parseInt(args[1]));
        double[] millis = new double[Integer.parseInt(args[2])];
        for (int i = 0; i < millis.length; i++) {
            millis[i] = load.open(file);
        }
        System.out.printf(Locale.ROOT, "first %.1f ms, ", millis[0]);
        Arrays.sort(millis);
        System.out.printf(
                Locale.ROOT, "median %.1f ms, longest %.1f ms%n", millis[millis.length / 2], millis[millis.length - 1]);
        load.owner.stop();
        Machine.delete(file);
    }

    private void write(Path file, int count) {
        try (SqliteLog log = new SqliteLog(SqliteConfig.of(file), Clock.SYSTEM)) {
            CompletableFuture<Void> done = new CompletableFuture<>();
            Feed feed = log.follow(ROOM, owner, new Opened(new CompletableFuture<>()));
            owner.execute(() -> {
                for (int i = 0; i < 2_000; i++) {
                    append(feed, count, done);
                }
            });
            done.join();
        }
    }

    private void append(Feed feed, int count, CompletableFuture<Void> done) {
        long number = sent++;
        feed.append(new Draft("message", "ann", null, number, number, data), Feed.ANY, answer -> {
            if (number == count - 1) {
                done.complete(null);
            } else if (sent < count) {
                append(feed, count, done);
            }
        });
    }

    private double open(Path file) {
        try (SqliteLog log = new SqliteLog(SqliteConfig.of(file), Clock.SYSTEM)) {
            long began = System.nanoTime();
            CompletableFuture<Void> opened = new CompletableFuture<>();
            CompletableFuture<LogRead> tail = new CompletableFuture<>();
            log.follow(ROOM, owner, new Opened(opened));
            log.read(
                    new ReadRequest(ROOM, null, ReadRequest.Direction.BEFORE, Long.MAX_VALUE, 50, Integer.MAX_VALUE),
                    owner,
                    tail::complete);
            opened.join();
            tail.join();
            return (System.nanoTime() - began) / 1e6;
        }
    }

    private record Opened(CompletableFuture<Void> opened) implements Follower {
        @Override
        public void opened(String epoch, long oldest, long newest) {
            opened.complete(null);
        }

        @Override
        public void failed() {
            opened.completeExceptionally(new IllegalStateException("failed"));
        }

        @Override
        public void entry(Entry entry) {}

        @Override
        public void batchEnd() {}
    }
}
