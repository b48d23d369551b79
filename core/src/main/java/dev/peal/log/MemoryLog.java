package dev.peal.log;

import dev.peal.time.Clock;
import dev.peal.time.Owner;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A log in memory: lost with the process, which its epoch says. For room kinds with {@code durability: memory}.
 *
 * <p>An append is stored at once, inside the call; followers hear of it when their owner comes to it, once for the whole run. Each room is guarded by its
 * own monitor: it is uncontended where a room's feeds share one owner, and makes reads from other threads and feeds on several owners safe.
 */
public final class MemoryLog implements RoomLog {
    private static final int SWEEP_ROOMS = 4;

    private final Clock clock;
    private final Function<String, Retention> retention;
    private final String epoch;
    private final ConcurrentHashMap<RoomKey, MemoryRoom> rooms = new ConcurrentHashMap<>();
    private final AtomicInteger forgotten = new AtomicInteger();
    private Iterator<MemoryRoom> sweep = rooms.values().iterator();
    private volatile boolean closed;

    /**
     * A new, empty log with a random epoch.
     *
     * @param clock wall-clock time for retention by age
     * @param retention how long each room kind's entries are kept
     */
    public MemoryLog(Clock clock, Function<String, Retention> retention) {
        this.clock = clock;
        this.retention = retention;
        byte[] random = new byte[8];
        new SecureRandom().nextBytes(random);
        this.epoch = "m" + HexFormat.of().formatHex(random);
    }

    @Override
    public Feed follow(RoomKey key, Owner owner, Follower follower) {
        sweepSome();
        MemoryFeed feed = new MemoryFeed(this, owner, follower);
        if (closed) {
            owner.execute(feed::fail);
            return feed;
        }
        rooms.compute(key, (k, known) -> {
            MemoryRoom room = known == null ? newRoom(k) : known;
            feed.register(room);
            return room;
        });
        feed.wake();
        return feed;
    }

    @Override
    public void read(ReadRequest request, Owner owner, Consumer<LogRead> done) {
        MemoryRoom room = rooms.get(request.room());
        LogRead answer = closed
                ? new LogRead.Failed()
                : (room == null ? newRoom(request.room()) : room).read(request, clock.millis());
        owner.execute(() -> done.accept(answer));
    }

    @Override
    public void trim(RoomKey key, long upTo) {
        MemoryRoom room = rooms.get(key);
        if (room != null) {
            room.giveUp(upTo);
        }
    }

    @Override
    public boolean writable() {
        return !closed;
    }

    @Override
    public void close() {
        closed = true;
    }

    long nowMillis() {
        return clock.millis();
    }

    boolean closed() {
        return closed;
    }

    /** Entries of rooms that nobody touches grow old too: each new follower pays for a look at a few of them. */
    private void sweepSome() {
        synchronized (this) {
            for (int i = 0; i < SWEEP_ROOMS; i++) {
                if (!sweep.hasNext()) {
                    sweep = rooms.values().iterator();
                    return;
                }
                rooms.computeIfPresent(sweep.next().key(), (key, room) -> forget(room) ? null : room);
            }
        }
    }

    private boolean forget(MemoryRoom room) {
        if (!room.trimToNothing(clock.millis())) {
            return false;
        }
        if (room.written()) {
            forgotten.incrementAndGet();
        }
        return true;
    }

    /** A room that comes back after it was forgotten starts again from offset 1, so under another epoch. */
    private MemoryRoom newRoom(RoomKey key) {
        return new MemoryRoom(key, epoch + "-" + forgotten.get(), retention.apply(key.kind()));
    }
}
