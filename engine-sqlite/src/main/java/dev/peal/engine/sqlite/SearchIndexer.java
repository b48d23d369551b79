package dev.peal.engine.sqlite;

import dev.peal.search.EntryText;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fills the search index behind the log's commits. A thread of its own: the writer only leaves the numbers of the rooms that it wrote to.
 *
 * <p>It looks at every room once after the start, which is how what was written before a crash, or the whole log where there is no index, gets in; and at some
 * rooms each second, for what retention took without anybody writing. It works in slices of some milliseconds: entries, or a part of what the index merges. While
 * commits go on, and for some seconds after a start, it rests nine times as long behind each slice, so that on a busy core a commit waits for a slice at most, and
 * the index falls behind, not the log: a search reads what is not indexed yet from the log. Once it has everything it rests longer, in which more gathers for one
 * transaction.
 */
final class SearchIndexer implements Runnable, Writer.CommitListener, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SearchIndexer.class);
    private static final int SLICE_ENTRIES = 256;
    private static final long SLICE_NANOS = 3_000_000;
    private static final long TICK_MILLIS = 1_000;
    private static final long REST_NANOS_MAX = 1_000_000_000;
    private static final int REST_FACTOR = 9;

    /** How long after a commit another one is expected. */
    private static final long BUSY_NANOS = 1_000_000_000;

    /** How long after its start it rests as if commits went on: everyone who was connected before comes back then. */
    private static final long RETURN_NANOS = 10_000_000_000L;

    private final Connections connections;
    private final SearchFile file;
    private final Function<String, Optional<EntryText>> texts;
    private final long restNanosMin;
    private final Thread thread = new Thread(this, "peal-search-indexer");

    /** Guarded by the monitor: rooms that were written to. */
    private Set<Integer> written = new HashSet<>();

    private boolean closed;

    private final ArrayDeque<Integer> due = new ArrayDeque<>();
    private final Set<Integer> isDue = new HashSet<>();
    private @Nullable SearchFiller filler;
    private int sweptTo;
    private boolean sweptOnce;
    private boolean merging;
    private long writtenNanos = System.nanoTime() + RETURN_NANOS - BUSY_NANOS;

    /** @param restMillisMin how long it rests at least once it has everything, while commits go on; at most a second */
    SearchIndexer(
            Connections connections, SearchFile file, Function<String, Optional<EntryText>> texts, long restMillisMin) {
        this.restNanosMin = restMillisMin * 1_000_000;
        this.connections = connections;
        this.file = file;
        this.texts = texts;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    @Override
    public synchronized void committed(Collection<RoomState> rooms, long bytes) {
        boolean idle = written.isEmpty();
        for (RoomState room : rooms) {
            written.add(room.row().no());
        }
        if (idle) {
            notifyAll();
        }
    }

    @Override
    public void run() {
        try {
            while (!closed() && file.usable()) {
                work();
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts the indexer", e);
        } finally {
            closeFiller();
        }
    }

    private void work() throws InterruptedException {
        long began = System.nanoTime();
        boolean busy = takeWritten(began);
        try {
            SearchFiller on = filler;
            if (on == null) {
                on = new SearchFiller(connections, file, texts);
                filler = on;
            }
            slice(on, began);
        } catch (SQLException | RuntimeException e) {
            failed(e);
            await(TICK_MILLIS);
            return;
        }
        boolean done = due.isEmpty() && !merging;
        if (busy) {
            rest(Math.max(done ? restNanosMin : 0, (System.nanoTime() - began) * REST_FACTOR));
        }
        if (done && sweptOnce) {
            await(TICK_MILLIS);
        }
    }

    /** Whether commits go on. */
    private boolean takeWritten(long nowNanos) {
        Set<Integer> taken;
        synchronized (this) {
            taken = written;
            written = new HashSet<>();
        }
        taken.forEach(this::add);
        if (!taken.isEmpty() && nowNanos - writtenNanos > 0) {
            writtenNanos = nowNanos;
        }
        return nowNanos - writtenNanos < BUSY_NANOS;
    }

    /** Whatever is to be done next, for some milliseconds. */
    private void slice(SearchFiller on, long began) throws SQLException {
        if (merging) {
            merging = on.merge();
            return;
        }
        if (due.isEmpty()) {
            sweep(on);
        }
        merging = fill(on, began);
        on.commit();
    }

    private void add(int room) {
        if (isDue.add(room)) {
            due.add(room);
        }
    }

    private void sweep(SearchFiller on) throws SQLException {
        List<Integer> rooms = on.roomsAfter(sweptTo);
        rooms.forEach(this::add);
        sweptTo = rooms.isEmpty() ? 0 : rooms.getLast();
        sweptOnce |= rooms.isEmpty();
    }

    /** Whether anything came into the index. */
    private boolean fill(SearchFiller on, long began) throws SQLException {
        int left = SLICE_ENTRIES;
        boolean changed = false;
        while (left > 0 && !due.isEmpty() && System.nanoTime() - began < SLICE_NANOS) {
            int room = due.remove();
            int done = on.fill(room, left);
            isDue.remove(room);
            if (done >= left) {
                add(room);
            }
            changed |= done > 0;
            left -= Math.max(1, done);
        }
        return changed;
    }

    /** Nothing is lost: the position says where to go on. A damaged file is not mended: the next start makes it anew. */
    private void failed(Exception e) {
        LOG.warn("the search index cannot be filled", e);
        closeFiller();
        due.clear();
        isDue.clear();
        sweptTo = 0;
        sweptOnce = false;
        merging = false;
        if (SearchFile.broken(e)) {
            file.giveUp();
        }
    }

    private synchronized boolean closed() {
        return closed;
    }

    /** Until something is written; a wait that ends early for nothing only looks early. */
    @SuppressWarnings("WaitNotInLoop")
    private synchronized void await(long millis) throws InterruptedException {
        if (!closed && written.isEmpty()) {
            wait(millis);
        }
    }

    /** Unlike {@link #await}, a commit does not end it. */
    private void rest(long nanos) throws InterruptedException {
        long end = System.nanoTime() + Math.min(nanos, REST_NANOS_MAX);
        synchronized (this) {
            for (long left = end - System.nanoTime(); left > 0 && !closed; left = end - System.nanoTime()) {
                wait(left / 1_000_000 + 1);
            }
        }
    }

    private void closeFiller() {
        SearchFiller open = filler;
        filler = null;
        try {
            if (open != null) {
                open.close();
            }
        } catch (SQLException e) {
            LOG.debug("closing the search index failed", e);
        }
    }

    @Override
    public void close() throws InterruptedException {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        thread.join();
    }
}
