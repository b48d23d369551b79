package dev.peal.testkit.fault;

import java.io.IOException;
import java.net.Socket;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/** One direction of a link: a thread that reads here and writes there. The fault may be set by any thread. */
final class Pump implements Runnable {
    private static final int PIECE_BYTES = 8 * 1024;
    private static final int THROTTLED_PIECE_MILLIS = 20;

    private final Link link;
    private final Socket from;
    private final Socket to;
    private final Random random;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private Fault fault;
    private long leftBeforeCut;
    private boolean closed;

    Pump(Link link, Socket from, Socket to, Fault fault, Random random) {
        this.link = link;
        this.from = from;
        this.to = to;
        this.random = random;
        this.fault = fault;
        set(fault);
    }

    void set(Fault next) {
        lock.lock();
        try {
            fault = next;
            if (next instanceof Fault.CutAfter cut) {
                leftBeforeCut = cut.bytes();
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The link is over: nothing waits any more. */
    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void run() {
        byte[] piece = new byte[PIECE_BYTES];
        try {
            for (int n = from.getInputStream().read(piece);
                    n >= 0;
                    n = from.getInputStream().read(piece)) {
                pass(piece, n);
            }
            if (!(afterHold() instanceof Fault.Swallow)) {
                to.shutdownOutput();
                link.ended();
            }
        } catch (IOException e) {
            // A side was reset, by its owner or by us: so is the other, unless it is not to learn of it.
            if (!(current() instanceof Fault.Swallow)) {
                link.reset();
            }
        }
    }

    private void pass(byte[] piece, int length) throws IOException {
        switch (afterHold()) {
            case Fault.Swallow swallow -> {}
            case Fault.CutAfter cut -> passUntilCut(piece, length);
            case Fault.Delay delay -> {
                rest(delay.millis() + (delay.jitterMillis() == 0 ? 0 : random.nextInt(delay.jitterMillis() + 1)));
                to.getOutputStream().write(piece, 0, length);
            }
            case Fault.Throttle throttle -> passSlowly(piece, length, throttle.bytesPerSecond());
            case Fault.None none -> to.getOutputStream().write(piece, 0, length);
            case Fault.Hold hold -> throw new IOException("closed while held");
        }
    }

    private void passUntilCut(byte[] piece, int length) throws IOException {
        int part = (int) Math.min(length, leftBeforeCut);
        to.getOutputStream().write(piece, 0, part);
        leftBeforeCut -= part;
        if (leftBeforeCut == 0) {
            throw new IOException("cut");
        }
    }

    private void passSlowly(byte[] piece, int length, int bytesPerSecond) throws IOException {
        int part = Math.max(1, bytesPerSecond * THROTTLED_PIECE_MILLIS / 1_000);
        for (int at = 0; at < length; at += part) {
            int size = Math.min(part, length - at);
            to.getOutputStream().write(piece, at, size);
            rest(Math.max(1, size * 1_000 / bytesPerSecond));
        }
    }

    private Fault current() {
        lock.lock();
        try {
            return fault;
        } finally {
            lock.unlock();
        }
    }

    /** The fault in force, once it is no hold. */
    private Fault afterHold() {
        lock.lock();
        try {
            while (fault instanceof Fault.Hold && !closed) {
                changed.awaitUninterruptibly();
            }
            return fault;
        } finally {
            lock.unlock();
        }
    }

    private static void rest(int millis) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
