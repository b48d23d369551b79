package dev.peal.log;

import dev.peal.time.Owner;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One follower of a {@link MemoryRoom}. {@code pending} and {@code opening} are guarded by the room's monitor; all else belongs to the owner, who appends. */
final class MemoryFeed implements Feed, Runnable {
    private final MemoryLog log;
    private final Following following;
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private @Nullable MemoryRoom room;
    private @Nullable Opening opening;
    private List<LogEvent> pending = new ArrayList<>();
    private long asked;
    private final Unstored unstored = new Unstored();

    MemoryFeed(MemoryLog log, Owner owner, Follower follower) {
        this.log = log;
        this.following = new Following(owner, follower);
    }

    private record Opening(String epoch, long oldest, long newest) {}

    void register(MemoryRoom room) {
        this.room = room;
        synchronized (room) {
            room.trim(log.nowMillis());
            room.add(this);
            opening = new Opening(room.epoch(), room.oldest(), room.newest());
        }
    }

    void fail() {
        following.failed();
    }

    /** Under the room's monitor. */
    void offer(LogEvent event) {
        pending.add(event);
    }

    /** Asks the owner to come by, once for all that is pending. */
    void wake() {
        if (scheduled.compareAndSet(false, true)) {
            following.owner().execute(this);
        }
    }

    @Override
    public void append(Draft draft, long expected, Consumer<Appended> done) {
        MemoryRoom to = room;
        boolean onNothing = expected != ANY && following.refusing();
        if (to == null || log.closed() || following.closed() || onNothing) {
            following.refuse(done);
            return;
        }
        boolean counts = following.counts(expected);
        MemoryFeed[] feeds;
        synchronized (to) {
            LogEvent event = to.append(draft, possible(expected), following, done, log.nowMillis());
            if (counts && event.entry() == null) {
                unstored.add(asked, expected);
            }
            asked++;
            feeds = to.feeds();
            for (MemoryFeed feed : feeds) {
                if (feed == this || event.entry() != null) {
                    feed.offer(event);
                }
            }
        }
        for (MemoryFeed feed : feeds) {
            feed.wake();
        }
    }

    /** What was decided on an append that came to nothing finds nothing as expected. */
    private long possible(long expected) {
        return expected != ANY && unstored.under(expected, following.answered()) ? Long.MAX_VALUE : expected;
    }

    @Override
    public void close() {
        following.close();
        MemoryRoom from = room;
        if (from != null) {
            synchronized (from) {
                from.remove(this);
            }
        }
    }

    /** On the owner: gives the follower what gathered. */
    @Override
    public void run() {
        scheduled.set(false);
        MemoryRoom from = room;
        if (from == null) {
            return;
        }
        Opening open;
        List<LogEvent> events;
        synchronized (from) {
            open = opening;
            opening = null;
            events = pending;
            pending = new ArrayList<>();
        }
        if (open == null && events.isEmpty()) {
            return;
        }
        if (open != null) {
            following.opened(open.epoch, open.oldest, open.newest);
        }
        following.deliver(events);
        following.batchEnd();
    }
}
