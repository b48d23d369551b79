package dev.peal.server;

import dev.peal.time.Clock;
import dev.peal.transport.http.Response;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the server should get traffic, and why not: {@code GET /health/ready}. Thread-safe.
 *
 * <p>The log learns of a full or broken disk by an append that fails; a quiet server would not notice. So whoever asks makes the server write a few bytes into the
 * data folder, at most once in {@value #FRESH_MILLIS} ms, on a thread that may block. A disk that does not even answer is no better than one that says no.
 */
final class Readiness {
    private static final Logger LOG = LoggerFactory.getLogger(Readiness.class);
    private static final String PROBE = "ready.probe";
    private static final int PROBE_BYTES = 4_096;
    private static final long FRESH_MILLIS = 500;
    private static final long PATIENCE_MILLIS = 1_000;

    private final Optional<Path> folder;
    private final BooleanSupplier logWritable;
    private final BooleanSupplier draining;
    private final Clock clock;
    private Probe last;

    /** A look at the disk: when it began and what it found. */
    private record Probe(long nanos, CompletableFuture<Boolean> writable) {}

    /**
     * @param folder where to try to write; nothing where the server keeps nothing on a disk
     * @param logWritable whether the log takes appends
     * @param draining whether the server is about to end
     */
    Readiness(Optional<Path> folder, BooleanSupplier logWritable, BooleanSupplier draining, Clock clock) {
        this.folder = folder;
        this.logWritable = logWritable;
        this.draining = draining;
        this.clock = clock;
        this.last = new Probe(
                clock.nanos() - TimeUnit.MILLISECONDS.toNanos(FRESH_MILLIS), CompletableFuture.completedFuture(true));
    }

    CompletionStage<Response> answer() {
        if (draining.getAsBoolean()) {
            return CompletableFuture.completedStage(notReady("draining"));
        }
        if (!logWritable.getAsBoolean()) {
            return CompletableFuture.completedStage(notReady("store_not_writable"));
        }
        return folder.map(path -> probe(path).writable())
                .orElseGet(() -> CompletableFuture.completedFuture(true))
                .copy()
                .completeOnTimeout(false, PATIENCE_MILLIS, TimeUnit.MILLISECONDS)
                .thenApply(writable ->
                        writable ? Response.json(200, "{\"status\":\"ready\"}") : notReady("store_not_writable"));
    }

    /** A probe under way or a fresh one; else a new one. At most one runs at a time, so that a dead disk holds one thread and no more. */
    private synchronized Probe probe(Path path) {
        boolean fresh = clock.nanos() - last.nanos() < TimeUnit.MILLISECONDS.toNanos(FRESH_MILLIS);
        if (!fresh && last.writable().isDone()) {
            boolean before = last.writable().join();
            last = new Probe(
                    clock.nanos(),
                    CompletableFuture.supplyAsync(() -> writes(path, before), Readiness::onThreadOfItsOwn));
        }
        return last;
    }

    private static void onThreadOfItsOwn(Runnable task) {
        Thread.ofPlatform().daemon().name("peal-ready").start(task);
    }

    private static boolean writes(Path folder, boolean before) {
        try (FileChannel file =
                FileChannel.open(folder.resolve(PROBE), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            return file.write(ByteBuffer.allocate(PROBE_BYTES), 0) == PROBE_BYTES;
        } catch (IOException e) {
            if (before) {
                LOG.warn("the data folder cannot be written: {}", e.toString());
            }
            return false;
        }
    }

    private static Response notReady(String reason) {
        return Response.json(503, "{\"status\":\"not ready\",\"reason\":\"" + reason + "\"}");
    }
}
