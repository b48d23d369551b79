package dev.peal.websocket;

import java.util.concurrent.Semaphore;

/** Bounds the compressions that run at once in the process; shared by the deflaters of all event loops, safe from any thread. */
public final class CompressionPermits {
    private final Semaphore permits;

    public CompressionPermits(int concurrentMax) {
        permits = new Semaphore(concurrentMax);
    }

    /** False: all are taken, send the message plain. Never waits. */
    boolean tryAcquire() {
        return permits.tryAcquire();
    }

    void release() {
        permits.release();
    }
}
