package dev.peal.log;

import dev.peal.time.Owner;
import java.util.List;
import java.util.function.Consumer;

/**
 * The owner's half of a feed, shared by the implementations of {@link RoomLog}: it keeps the order of calls that {@link Follower} promises. Every method
 * but the accessors runs on the owner.
 */
public final class Following {
    private final Owner owner;
    private final Follower follower;
    private boolean closed;
    private long answered;
    private long presumed;
    private int refused;

    /** Nothing is called before {@link #opened} or {@link #failed}. */
    public Following(Owner owner, Follower follower) {
        this.owner = owner;
        this.follower = follower;
    }

    /** How many of its own appends the owner has had an answer to, but for those refused: what the next one can have been decided on. */
    public long answered() {
        return answered;
    }

    /** Whether later appends may count on one that expects this offset, as they are asked for: not where an earlier one under way is to get the next offset. */
    public boolean counts(long expected) {
        if (expected == Feed.ANY || expected < presumed) {
            return false;
        }
        presumed = expected + 1;
        return true;
    }

    /** Whether an append was refused whose owner does not know it yet: the next one may have been decided on it. */
    public boolean refusing() {
        return refused > 0;
    }

    /** Answers an append that the log did not take. */
    public void refuse(Consumer<Appended> done) {
        refused++;
        owner.execute(() -> {
            refused--;
            done.accept(new Appended.Unavailable());
        });
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
                answered++;
                presumed = entry == null ? 0 : presumed;
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
