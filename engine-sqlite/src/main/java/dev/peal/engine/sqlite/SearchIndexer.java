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
 * rooms each second, for what retention took without anybody writing. While commits go on it rests nine times as long as it worked, and some time
 * at least, in which more gathers for one transaction, so that under load the
 * index falls behind and the log does not: a search reads what is not indexed yet from the log.
 */
final class SearchIndexer implements Runnable, Writer.CommitListener, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SearchIndexer.class);
    private static final int STEP_ENTRIES = 1_024;
    private static final long TICK_MILLIS = 1_000;
    private static final long REST_MILLIS_MAX = 1_000;

    /** How long it works between two rests. */
    private static final long WORK_NANOS_MAX = 100_000_000;

    private static final int REST_FACTOR = 9;

    private final Connections connections;
    private final SearchFile file;
    private final Function<String, Optional<EntryText>> texts;
    private final long restMillisMin;
    private final Thread thread = new Thread(this, "peal-search-indexer");

    /** Guarded by the monitor: rooms that were written to. */
    private Set<Integer> written = new HashSet<>();

    private boolean closed;

    private final ArrayDeque<Integer> due = new ArrayDeque<>();
    private final Set<Integer> isDue = new HashSet<>();
    private @Nullable SearchFiller filler;
    private int sweptTo;
    private boolean sweptOnce;

    /** @param restMillisMin how long it rests at least while commits go on; at most a second */
    SearchIndexer(
            Connections connections, SearchFile file, Function<String, Optional<EntryText>> texts, long restMillisMin) {
        this.restMillisMin = restMillisMin;
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
        boolean busy = takeWritten();
        try {
            SearchFiller on = filler;
            if (on == null) {
                on = new SearchFiller(connections, file, texts);
                filler = on;
            }
            if (due.isEmpty()) {
                sweep(on);
            }
            do {
                step(on);
            } while (busy && !due.isEmpty() && System.nanoTime() - began < WORK_NANOS_MAX);
        } catch (SQLException | RuntimeException e) {
            failed(e);
            await(TICK_MILLIS);
            return;
        }
        if (busy) {
            rest(Math.max(restMillisMin, (System.nanoTime() - began) / 1_000_000 * REST_FACTOR));
        }
        if (due.isEmpty() && sweptOnce) {
            await(TICK_MILLIS);
        }
    }

    /** Whether anything was written since the last look. */
    private boolean takeWritten() {
        Set<Integer> taken;
        synchronized (this) {
            taken = written;
            written = new HashSet<>();
        }
        taken.forEach(this::add);
        return !taken.isEmpty();
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

    private void step(SearchFiller on) throws SQLException {
        int budget = STEP_ENTRIES;
        while (budget > 0 && !due.isEmpty()) {
            int room = due.remove();
            int done = on.fill(room, budget);
            isDue.remove(room);
            if (done >= budget) {
                add(room);
            }
            budget -= Math.max(1, done);
        }
        on.commit();
    }

    /** Nothing is lost: the position says where to go on. A damaged file is not mended: the next start makes it anew. */
    private void failed(Exception e) {
        LOG.warn("the search index cannot be filled", e);
        closeFiller();
        due.clear();
        isDue.clear();
        sweptTo = 0;
        sweptOnce = false;
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
    private void rest(long millis) throws InterruptedException {
        long end = System.nanoTime() + Math.min(millis, REST_MILLIS_MAX) * 1_000_000;
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
