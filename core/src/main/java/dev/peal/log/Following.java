package dev.peal.log;

import dev.peal.time.Owner;
import java.util.List;

/**
 * The owner's half of a feed, shared by the implementations of {@link RoomLog}: it keeps the order of calls that {@link Follower} promises. Every method
 * but the accessors runs on the owner.
 */
public final class Following {
    private final Owner owner;
    private final Follower follower;
    private boolean closed;

    /** Nothing is called before {@link #opened} or {@link #failed}. */
    public Following(Owner owner, Follower follower) {
        this.owner = owner;
        this.follower = follower;
    }

    /** Where its methods are called. */
    public Owner owner() {
        return owner;
    }

    /** Tells that the room is open, unless it was closed meanwhile. */
    public void opened(String epoch, long oldest, long newest) {
        if (!closed) {
            follower.opened(epoch, oldest, newest);
        }
    }

    /** Tells that the room could not be opened. */
    public void failed() {
        if (!closed) {
            closed = true;
            follower.failed();
        }
    }

    /** Delivers a run: each entry, each own answer right after its entry. A feed that was closed gets its answers alone. */
    public void deliver(List<LogEvent> events) {
        for (int i = 0; i < events.size(); i++) {
            LogEvent event = events.get(i);
            Entry entry = event.entry();
            if (entry != null && !closed) {
                follower.entry(entry);
            }
            if (event.by() == this) {
                event.done().accept(event.answer());
            }
        }
    }

    /** Ends a run. */
    public void batchEnd() {
        if (!closed) {
            follower.batchEnd();
        }
    }

    /** No more entries. */
    public void close() {
        closed = true;
    }

    /** Whether no more entries are wanted. */
    public boolean closed() {
        return closed;
    }
}
