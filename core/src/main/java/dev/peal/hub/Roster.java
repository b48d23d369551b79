package dev.peal.hub;

import dev.peal.log.RoomKey;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The members of one room whose connections this loop owns, and the batch that is growing for them. Owned by one loop.
 *
 * <p>The fan-out. Pushes that arrive within one iteration of the loop gather in one batch; at its end the batch is encoded once per format, and each member
 * gets one write of that shared buffer, however many pushes are in it. Under load a batch grows by itself and the number of system calls per push falls; when
 * idle nothing waits. No object is made per member. Who joins or leaves drains the batch first, so that a member takes a whole batch or none.
 */
final class Roster {
    private static final int SMALLEST = 4;

    private final RoomKey key;
    private final Loop loop;
    private final RoomKind kind;
    private final SlowPolicy policy;
    private final Batch batch = new Batch();
    private @Nullable Member[] members = new Member[SMALLEST];
    private int size;
    private int lagging;
    private long newest;
    private boolean dirty;

    Roster(RoomKey key, Loop loop, RoomKind kind) {
        this.key = key;
        this.loop = loop;
        this.kind = kind;
        this.policy = kind.slowPolicy();
    }

    RoomKey key() {
        return key;
    }

    int size() {
        return size;
    }

    /** The newest offset that reached this loop. */
    long newest() {
        return newest;
    }

    /** The room's owner says that every entry up to here has been sent to this loop. */
    void reached(long offset) {
        newest = Math.max(newest, offset);
    }

    void offer(Push push) {
        if (push.offset() > 0) {
            newest = push.offset();
        }
        if (size == 0) {
            return;
        }
        batch.add(push);
        if (batch.weight() >= loop.batchBytesMax()) {
            drain();
        } else if (!dirty) {
            dirty = true;
            loop.drainLater(this);
        }
    }

    void add(Member member) {
        drain();
        if (size == members.length) {
            members = Arrays.copyOf(members, size * 2);
        }
        member.slot = size;
        members[size++] = member;
    }

    void remove(Member member) {
        int slot = member.slot;
        if (slot == Member.NOT_LISTED) {
            return;
        }
        drain();
        Member last = at(--size);
        members[slot] = last;
        last.slot = slot;
        members[size] = null;
        member.slot = Member.NOT_LISTED;
        member.live = false;
        if (member.lag != null) {
            member.lag = null;
            lagging--;
        }
        if (size <= members.length / 4 && members.length > SMALLEST) {
            members = Arrays.copyOf(members, members.length / 2);
        }
    }

    /** Writes what has gathered; the loop flushes the members afterwards. */
    void drain() {
        dirty = false;
        if (batch.isEmpty()) {
            return;
        }
        int count = batch.count();
        long taken = 0;
        for (int i = 0; i < size; i++) {
            Member member = at(i);
            if (member.lag != null) {
                lagFurther(member);
            } else if (member.live && batch.isWholeFor(member.subscriber())) {
                taken += offer(member, 0, count);
            } else if (member.live || batch.hasSignals()) {
                taken += offerParts(member);
            }
        }
        loop.meters().batch(count, taken);
        batch.clear();
    }

    /** Lets every member be asked anew whether it may be here. */
    void review() {
        for (Member member : Arrays.copyOf(members, size)) {
            if (member != null) {
                member.subscriber().review(key);
            }
        }
    }

    /** Tells every member that the room's log is not what it was. */
    void lose() {
        drain();
        for (Member member : Arrays.copyOf(members, size)) {
            if (member != null) {
                member.subscriber().lost();
            }
        }
    }

    /** Gives lagging members what they are owed, where there is room again. Called on the loop's tick. */
    void catchUp() {
        if (lagging == 0) {
            return;
        }
        drain();
        for (int i = 0; i < size; i++) {
            Member member = at(i);
            Lag lag = member.lag;
            if (lag != null && settle(member, lag)) {
                member.lag = null;
                lagging--;
            }
        }
    }

    private int offer(Member member, int from, int to) {
        if (member.subscriber().offer(batch.encoded(member.subscriber().format()), from, to)) {
            return to - from;
        }
        if (policy == SlowPolicy.DISCONNECT) {
            loop.slowLater(member.subscriber());
        } else {
            member.lag = new Lag();
            lagging++;
            missed(member, member.lag, from, to);
        }
        return 0;
    }

    /** The pushes around those that this member does not get, as few slices as there are runs. */
    private int offerParts(Member member) {
        int taken = 0;
        int from = 0;
        int count = batch.count();
        for (int i = 0; i <= count; i++) {
            if (i < count && isFor(member, batch.pushes().get(i))) {
                continue;
            }
            if (i > from) {
                Lag lag = member.lag;
                if (lag != null) {
                    missed(member, lag, from, i);
                } else {
                    taken += offer(member, from, i);
                }
            }
            from = i + 1;
        }
        return taken;
    }

    private void lagFurther(Member member) {
        Lag lag = member.lag;
        if (lag != null) {
            missed(member, lag, 0, batch.count());
        }
    }

    private void missed(Member member, Lag lag, int from, int to) {
        for (int i = from; i < to; i++) {
            Push push = batch.pushes().get(i);
            if (!isFor(member, push)) {
                continue;
            }
            if (policy == SlowPolicy.DROP) {
                lag.skip(push);
            } else if (push.key() != null) {
                lag.owe(push.key(), push);
            } else {
                loop.slowLater(member.subscriber());
            }
        }
    }

    private boolean settle(Member member, Lag lag) {
        Subscriber subscriber = member.subscriber();
        if (policy == SlowPolicy.DROP) {
            // An empty offer is taken only by a connection that has room again.
            EncodedBatch nothing = subscriber.format().encode(List.of());
            boolean room = subscriber.offer(nothing, 0, 0);
            nothing.release();
            if (room) {
                subscriber.skipped(key, kind, lag.skipped(), lag.newestSkipped());
            }
            return room;
        }
        EncodedBatch owed = subscriber.format().encode(List.copyOf(lag.owed().values()));
        boolean room = subscriber.offer(owed, 0, owed.count());
        owed.release();
        return room;
    }

    private static boolean isFor(Member member, Push push) {
        return push.except() != member.subscriber() && (member.live || push.offset() == 0);
    }

    @SuppressWarnings("NullAway") // slots below size are filled
    private Member at(int i) {
        return members[i];
    }
}
