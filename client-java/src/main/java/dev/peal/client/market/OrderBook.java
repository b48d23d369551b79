package dev.peal.client.market;

import dev.peal.client.json.Json;
import dev.peal.client.loop.Loop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The book of one symbol. While its view is {@code verified} it is exactly the server's book; where the thread is lost it says so ({@link #onResync}), asks for the whole book
 * by itself, and shows meanwhile what it has. Thread-safe; what is not public belongs to the loop.
 */
public final class OrderBook implements AutoCloseable {
    // A book that broke is whole again within a second (PROMISES 67), where the way to the server and back takes no
    // longer than 250 ms, even if it breaks again and again, and
    // one answer is lost or comes too late: 250 + 375 ms and one way, or 250 + 250 ms and two.

    /** How long the answer may take before it is asked for again; twice as long each time, up to the most. */
    private static final long LATE_MILLIS = 375;

    private static final long LATE_MILLIS_MAX = 8_000;
    private static final int LATE_DOUBLINGS_MAX = 5;
    /** The same of the book that comes by itself with a subscription. */
    private static final long FIRST_MILLIS = 1_000;
    /** Between two questions of a book that breaks again and again; one that held for long enough is asked for at once. */
    private static final long AGAIN_MILLIS = 125;

    private static final int AGAIN_DOUBLINGS_MAX = 1;
    private static final long STABLE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final SymbolPort port;
    private final Sequences sequences;
    private final Consumer<Resync> lost;
    private final Runnable closed;
    private volatile int depth;
    private final Listeners<Resync> onResync;
    private final Newest<BookView> onChange;
    private final BookReplica replica = new BookReplica();
    private volatile long resyncs;
    private @Nullable BookView view;
    private long verifiedAt;
    private int attempt;
    private int lates;
    private Loop.Timer timer = Loop.Timer.NONE;

    OrderBook(SymbolPort port, int depth, Sequences sequences, Consumer<Resync> lost, Runnable closed) {
        this.port = port;
        this.depth = depth;
        this.sequences = sequences;
        this.lost = lost;
        this.closed = closed;
        this.onResync = new Listeners<>(port.line().callbacks());
        this.onChange = new Newest<>(port.line().callbacks(), this::view);
    }

    public String symbol() {
        return port.name();
    }

    /** How many levels of each side; 0: all. */
    public int depth() {
        return depth;
    }

    /** As it is now; the same view until the next change. */
    public BookView view() {
        synchronized (replica) {
            BookView made = view;
            if (made == null) {
                made = new BookView(
                        replica.sequence(),
                        replica.verified(),
                        levels(replica.bids()),
                        levels(replica.asks()),
                        replica.timestampMillis());
                view = made;
            }
            return made;
        }
    }

    public boolean verified() {
        return view().verified();
    }

    /** How often it was asked for anew. */
    public long resyncs() {
        return resyncs;
    }

    /** Called with the newest view whenever it changed. */
    public OrderBook onChange(Consumer<BookView> listener) {
        onChange.add(listener);
        return this;
    }

    public OrderBook onResync(Consumer<Resync> listener) {
        onResync.add(listener);
        return this;
    }

    /** Follows it no longer. */
    @Override
    public void close() {
        port.line().loop().execute(() -> {
            timer.cancel();
            restart();
            closed.run();
        });
    }

    /** Followed to another depth from the next whole book on. */
    void deepen(int wanted) {
        if (wanted != depth) {
            depth = wanted;
            restart();
        }
    }

    /** Subscribed to: a whole book is on its way, unless this one goes on. */
    void subscribed() {
        attempt = 0;
        lates = 0;
        if (!replica.verified()) {
            expect(FIRST_MILLIS);
        }
    }

    /** The connection ended. */
    void lost() {
        timer.cancel();
        boolean was = replica.verified();
        restart();
        if (was) {
            tell(Resync.Reason.LOST);
        }
    }

    void take(BookMessage message) {
        if (message.depth() != BookMessage.UNSAID && message.depth() != depth) {
            return;
        }
        boolean was = replica.verified();
        BookReplica.Taken taken;
        synchronized (replica) {
            taken = replica.take(message, port.steps(), depth);
            view = null;
        }
        switch (taken) {
            case CHANGED -> changed(was);
            case OLD -> {
                sequences.duplicate();
                // It was waited for, and is too old for what came meanwhile.
                if (message.whole() && !was) {
                    askAgain(false);
                }
            }
            case WAITING -> {
                // The whole book is on its way.
            }
            case GAP, CHECKSUM, CROSSED -> broken(taken, was);
        }
    }

    private void restart() {
        synchronized (replica) {
            replica.restart();
            view = null;
        }
    }

    private void changed(boolean was) {
        sequences.reached(replica.sequence());
        if (!was) {
            timer.cancel();
            lates = 0;
            verifiedAt = port.line().loop().nanos();
        }
        onChange.changed();
    }

    private void broken(BookReplica.Taken taken, boolean was) {
        if (taken == BookReplica.Taken.GAP) {
            sequences.gap();
        }
        tell(Resync.Reason.valueOf(taken.name()));
        askAgain(was && port.line().loop().nanos() - verifiedAt >= STABLE_NANOS);
    }

    private void tell(Resync.Reason reason) {
        resyncs++;
        Resync resync = new Resync(port.name(), reason, replica.sequence());
        onResync.tell(resync);
        lost.accept(resync);
        onChange.changed();
    }

    /** At once, unless it broke just now too: a book that no snapshot mends must not become a flood of questions. */
    private void askAgain(boolean held) {
        if (held) {
            attempt = 0;
        }
        timer.cancel();
        if (attempt++ == 0) {
            ask();
        } else {
            timer = port.line().loop().after(AGAIN_MILLIS << Math.min(attempt - 2, AGAIN_DOUBLINGS_MAX), this::ask);
        }
    }

    private void ask() {
        port.line().tell(Json.object().put("action", "snapshot").put("symbol", port.name()));
        expect(LATE_MILLIS);
    }

    private void expect(long millis) {
        timer.cancel();
        long patience = Math.min(LATE_MILLIS_MAX, millis << Math.min(lates, LATE_DOUBLINGS_MAX));
        timer = port.line().loop().after(patience, () -> {
            lates++;
            tell(Resync.Reason.LATE);
            ask();
        });
    }

    private List<Level> levels(BookSide side) {
        List<Level> levels = new ArrayList<>(side.size());
        for (int rank = 0; rank < side.size(); rank++) {
            long ticks = side.ticks(rank);
            long lots = side.lots(rank);
            Steps steps = port.steps();
            levels.add(new Level(
                    ticks, lots, steps.tick().decimal(ticks), steps.lot().decimal(lots)));
        }
        return levels;
    }
}
