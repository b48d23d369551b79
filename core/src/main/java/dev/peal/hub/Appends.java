package dev.peal.hub;

import dev.peal.log.Appended;
import dev.peal.log.Draft;
import dev.peal.log.Feed;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What a room writes to its log: many at a time, each answered in its place in the room's {@link Sequence}. Owned by the room's owner. */
final class Appends {
    /** One append: what, upon which offset, and who is told what of it. See {@link Room#append}. */
    record Asked(
            Draft draft,
            long expected,
            @Nullable Subscriber except,
            @Nullable String conflationKey,
            Consumer<Appended> done) {}

    private final Room room;
    private final Sequence sequence;
    private final int underWayMax;

    /** Refusals that were not told yet: whoever builds on what was refused is refused as well. */
    private int refused;

    private boolean again;

    Appends(Room room, Sequence sequence, int underWayMax) {
        this.room = room;
        this.sequence = sequence;
        this.underWayMax = underWayMax;
    }

    void append(Asked asked) {
        Feed feed = room.feed();
        boolean full = sequence.underWay() >= underWayMax;
        boolean onNothing = asked.expected() != Feed.ANY && refused > 0;
        if (feed == null || full || onNothing) {
            refused++;
            sequence.effect(() -> {
                refused--;
                asked.done().accept(new Appended.Unavailable());
            });
            room.closeIfEmpty();
            return;
        }
        sequence.issue();
        submit(feed, asked);
    }

    /** From inside the answer to an append, in its place. */
    void again(Asked asked) {
        again = true;
        Feed feed = room.feed();
        if (feed == null) {
            room.owner().execute(() -> settle(new Appended.Unavailable(), asked.done()));
        } else {
            submit(feed, asked);
        }
    }

    private void submit(Feed feed, Asked asked) {
        feed.append(asked.draft(), asked.expected(), appended -> {
            room.deliver(asked.except(), asked.conflationKey());
            settle(appended, asked.done());
        });
    }

    private void settle(Appended appended, Consumer<Appended> done) {
        again = false;
        done.accept(appended);
        if (!again) {
            sequence.answer();
        }
        again = false;
    }
}
