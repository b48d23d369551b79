package dev.peal.hub;

import dev.peal.log.Appended;
import dev.peal.log.Draft;
import dev.peal.log.Entry;
import dev.peal.log.Feed;
import dev.peal.log.Follower;
import dev.peal.log.LogRead;
import dev.peal.log.ReadRequest;
import dev.peal.log.RoomKey;
import dev.peal.time.Owner;
import java.util.ArrayDeque;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One room, owned by one loop. Whatever happens in it happens in one order: the order in which this owner was asked.
 *
 * <p>A decision (is this connection a member? may it write?) is made at once, on the state as asked for so far; its effect on the members waits for the appends
 * that were asked for before it ({@link Sequence}). So appends share commits, and yet a leave never overtakes the message before it. A room that nobody is in
 * and nothing is under way in leaves memory. Where its kind has residents, the room opens once its own has moved in.
 */
public final class Room implements Follower {
    private final RoomKey key;
    private final Loop loop;
    private final Hub hub;
    private final RoomKind kind;
    private final Sequence sequence = new Sequence();
    private final People people = new People();
    private final Reach reach;
    private final Announcer announcer;
    private final Appends appends;
    private final Residency residency;
    private @Nullable Absentees absentees;
    private @Nullable Feed feed;
    private @Nullable ArrayDeque<Runnable> opening = new ArrayDeque<>();
    private @Nullable Entry held;
    private int holds;
    private boolean busy = true;
    private boolean failed;
    private boolean closed;
    private int members;
    private Origin origin;
    private long oldest = 1;
    private long newest;

    Room(RoomKey key, Loop loop, Hub hub) {
        this.key = key;
        this.loop = loop;
        this.hub = hub;
        this.kind = hub.kind(key.kind());
        this.origin = new Origin(key, "");
        this.reach = new Reach(key, loop, hub.loops());
        this.announcer = new Announcer(this, hub.config());
        this.appends = new Appends(this, sequence, hub.config().appendsMax());
        this.residency = new Residency(hub.residents(key.kind()));
    }

    public RoomKey key() {
        return key;
    }

    public RoomKind kind() {
        return kind;
    }

    /** Whether the member was in this room, in the order of what was asked. */
    public boolean has(Member member) {
        return member.room == this;
    }

    /** Users in the room. */
    public int users() {
        return people.total();
    }

    /** Users after a key, in the order of keys. */
    public List<Present> people(@Nullable String after, int limit) {
        return people.page(after, limit);
    }

    public String epoch() {
        return origin.epoch();
    }

    /** The newest offset that was given to the members. */
    public long newest() {
        return newest;
    }

    /** The oldest offset held when the room was opened (newest + 1 where none was). */
    public long oldest() {
        return oldest;
    }

    /** What is kept about this room beside its members; null where its kind keeps nothing, and once the room has failed. */
    public @Nullable Resident resident() {
        return residency.resident();
    }

    /** Whether the room could not be opened, or its log is not what it was. */
    public boolean unavailable() {
        return failed;
    }

    /** Keeps the room in memory until {@link #release}: something is under way that will come back to it. */
    public void hold() {
        holds++;
    }

    /** Ends a {@link #hold}. */
    public void release() {
        holds--;
        closeIfEmpty();
    }

    void open() {
        feed = hub.log().follow(key, loop.owner(), this);
    }

    /** Runs a step once the room is open or has failed to; at once where it is. */
    void whenOpen(Runnable step) {
        if (opening != null) {
            opening.addLast(step);
        } else {
            step.run();
        }
    }

    /**
     * Enters the room, or confirms that the member is in.
     *
     * @param session the member's session, if it has one: the place that it lost with its last connection is taken up again, and nothing is announced
     */
    public void join(Member member, Who who, @Nullable Object session, Joining joining) {
        if (!isNew(member, joining)) {
            return;
        }
        Present kept = session == null ? null : absent(session);
        boolean first = kept == null && enter(member, who);
        if (kept == null) {
            members++;
        } else {
            member.present = kept;
        }
        sequence.effect(() -> {
            if (first) {
                announcer.joined(who, member.subscriber());
            }
            joining.admitted(this);
            reach.enter(member, epoch(), oldest, newest, joining);
        });
    }

    /** As {@link #join}, for a connection that only wants the stored entries: it is nobody in the room, and nothing is announced. */
    public void watch(Member member, Joining joining) {
        if (isNew(member, joining)) {
            members++;
            sequence.effect(() -> {
                joining.admitted(this);
                reach.enter(member, epoch(), oldest, newest, joining);
            });
        }
    }

    /** Whether the member comes in now, so that the rest is to be done; if not it is answered. */
    private boolean isNew(Member member, Joining joining) {
        if (failed) {
            member.loop().owner().execute(joining::unavailable);
            return false;
        }
        if (member.room != null) {
            sequence.effect(() -> {
                joining.admitted(this);
                reach.again(member, epoch(), oldest, newest, joining);
            });
            return false;
        }
        member.room = this;
        return true;
    }

    /** The member's connection is lost: nothing reaches it any more, but its user stays present for a time, in which its session may join again. */
    public void linger(Member member, Object session, long graceMillis) {
        if (member.waits(() -> linger(member, session, graceMillis))) {
            return;
        }
        Present present = member.present;
        if (member.room != this || present == null) {
            return;
        }
        member.room = null;
        member.present = null;
        Absentees lost = absentees == null ? new Absentees() : absentees;
        absentees = lost;
        lost.add(session, present, loop.owner().schedule(() -> dismiss(session), graceMillis));
        sequence.effect(() -> reach.leave(member, null));
    }

    /** A session that lost its connection leaves now; harmless where it has no place here. */
    public void dismiss(Object session) {
        Present present = absent(session);
        if (present == null) {
            return;
        }
        members--;
        boolean last = people.leave(present);
        sequence.effect(() -> {
            if (last) {
                announcer.left(present.who(), null);
            }
            closeIfEmpty();
        });
    }

    /** Leaves the room; harmless where the member is not in. {@code done} runs on the connection's loop. */
    public void leave(Member member, @Nullable Runnable done) {
        if (member.waits(() -> leave(member, done))) {
            return;
        }
        if (member.room != this) {
            if (done != null) {
                sequence.effect(() -> reach.send(member.loop(), done));
            }
            return;
        }
        Present present = member.present;
        member.room = null;
        member.present = null;
        members--;
        boolean last = present != null && people.leave(present);
        sequence.effect(() -> {
            reach.leave(member, done);
            if (last && present != null) {
                announcer.left(present.who(), member.subscriber());
            }
            closeIfEmpty();
        });
    }

    /** The member's user is another one from now on (it authenticated after it joined). */
    public void rename(Member member, Who who) {
        if (member.waits(() -> rename(member, who))) {
            return;
        }
        Present present = member.present;
        if (member.room != this || present == null || present.who().key().equals(who.key())) {
            return;
        }
        boolean last = people.leave(present);
        boolean first = enter(member, who);
        sequence.effect(() -> {
            if (last) {
                announcer.left(present.who(), member.subscriber());
            }
            if (first) {
                announcer.joined(who, member.subscriber());
            }
        });
    }

    /**
     * Appends an entry; its members get it once it is stored, and then {@code done} runs on this owner.
     *
     * @param expected the newest offset that the caller decided on, or {@link Feed#ANY}
     * @param except a connection that does not get it live, or null
     * @param conflationKey what a slow member may have it conflated by, or null
     */
    public void append(
            Draft draft,
            long expected,
            @Nullable Subscriber except,
            @Nullable String conflationKey,
            Consumer<Appended> done) {
        appends.append(new Appends.Asked(draft, expected, except, conflationKey, done));
    }

    /**
     * Tries again, from inside the answer to an append, in the place of that append: what waits for it waits on.
     *
     * @param expected the newest offset that the caller decided on, or {@link Feed#ANY}
     */
    public void appendAgain(
            Draft draft,
            long expected,
            @Nullable Subscriber except,
            @Nullable String conflationKey,
            Consumer<Appended> done) {
        appends.again(new Appends.Asked(draft, expected, except, conflationKey, done));
    }

    /** Sends something to the members that is not stored. */
    public void signal(Push push) {
        sequence.effect(() -> {
            announcer.tell();
            reach.push(push);
        });
    }

    /** Who may be in the room has changed: each member is asked anew, after everything that was asked for before. */
    public void review() {
        sequence.effect(reach::review);
    }

    /** Runs an effect after everything that was asked for before it. */
    public void inOrder(Runnable effect) {
        sequence.effect(effect);
    }

    /** Runs on a connection's loop, after every push that was sent to it so far. */
    public void sendTo(Loop target, Runnable task) {
        reach.send(target, task);
    }

    /** The thread that owns this room. */
    public Owner owner() {
        return loop.owner();
    }

    /** Reads this room's log after everything that was asked for before; the answer comes on this owner. */
    public void read(ReadRequest request, Consumer<LogRead> done) {
        sequence.effect(() -> hub.log().read(request, loop.owner(), done));
    }

    @Override
    public void opened(String roomEpoch, long oldestHeld, long newestStored) {
        origin = new Origin(key, roomEpoch);
        oldest = oldestHeld;
        newest = newestStored;
        residency.moveIn(new OpenRoom(key, loop.owner(), roomEpoch, oldestHeld, newestStored), there -> {
            failed |= !there;
            begin();
        });
    }

    @Override
    public void failed() {
        failed = true;
        residency.moveOut();
        if (opening == null) {
            // The log came back with another history: whoever is here must come back and be told so.
            reach.lose();
        }
        begin();
    }

    @Override
    public void entry(Entry entry) {
        deliver(null, null);
        held = entry;
        residency.entry(entry);
    }

    @Override
    public void batchEnd() {
        deliver(null, null);
        reach.flush();
        closeIfEmpty();
    }

    /** Leaves memory if nobody is in it and nothing is under way. */
    void closeIfEmpty() {
        if (members > 0 || busy || closed || holds > 0 || !sequence.idle()) {
            return;
        }
        closed = true;
        residency.moveOut();
        announcer.stop();
        reach.flush();
        loop.forget(this);
        if (feed != null) {
            feed.close();
        }
    }

    /** Where appends go; null once there is no history to append to. */
    @Nullable
    Feed feed() {
        return failed ? null : feed;
    }

    Hub hub() {
        return hub;
    }

    Loop loop() {
        return loop;
    }

    Reach reach() {
        return reach;
    }

    /** Connections in the room, those included that are lost and may come back. */
    int members() {
        return members;
    }

    private @Nullable Present absent(Object session) {
        Absentees lost = absentees;
        Present present = lost == null ? null : lost.take(session);
        if (lost != null && lost.isEmpty()) {
            absentees = null;
        }
        return present;
    }

    private boolean enter(Member member, Who who) {
        Present present = people.enter(who);
        member.present = present;
        return present.connections() == 1;
    }

    /** An entry is held until it is known whose it was: its own append's answer comes next, another entry, or the end of the run. */
    void deliver(@Nullable Subscriber except, @Nullable String conflationKey) {
        Entry entry = held;
        if (entry != null) {
            held = null;
            newest = entry.offset();
            announcer.tell();
            reach.push(new Push(entry.type(), origin, entry.offset(), entry.data(), except, conflationKey));
        }
    }

    private void begin() {
        ArrayDeque<Runnable> steps = opening;
        opening = null;
        if (steps != null) {
            for (Runnable step : steps) {
                step.run();
            }
        }
        busy = false;
        closeIfEmpty();
    }
}
