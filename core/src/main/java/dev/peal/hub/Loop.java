package dev.peal.hub;

import dev.peal.log.RoomKey;
import dev.peal.time.Owner;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * What one event loop holds: the rooms that it owns, a roster for every room with a member here, and what is to be done at the end of the iteration.
 *
 * <p>The end has four steps, in this order: rosters drain their batches; then {@link Tail}s run, in which a session writes the acknowledgements that must
 * come after the pushes; then each connection is flushed once; then full members are told. Flushing is what costs: after each {@value #FLUSHES_AT_ONCE} the loop
 * turns once, so that what comes in meanwhile is read, and is on its way to the disk while the rest of a large room is still being sent to. Nothing is drained
 * before all is flushed, so a slice never overtakes another. Owned by its loop; {@link #owner} may be used from anywhere.
 */
public final class Loop {
    /** Work at the end of an iteration, after every batch was written. */
    public interface Tail {
        void endOfIteration();

        /** Hands what was written to the socket. Called once after each {@link #endOfIteration}, when those before had their turn. */
        default void flush() {}
    }

    private static final int FLUSHES_AT_ONCE = 128;

    private final Hub hub;
    private final Owner owner;
    private final int index;
    private final Announcements announcements;
    private final Map<RoomKey, Room> rooms = new HashMap<>();
    private final Map<RoomKey, Roster> rosters = new HashMap<>();
    private ArrayList<Roster> dirty = new ArrayList<>();
    private ArrayList<Roster> draining = new ArrayList<>();
    private ArrayList<Tail> tails = new ArrayList<>();
    private ArrayList<Tail> running = new ArrayList<>();
    private final ArrayList<Tail> flushing = new ArrayList<>();
    private int flushed;
    private ArrayList<Subscriber> slow = new ArrayList<>();
    private boolean scheduled;
    private final Runnable end = this::endOfIteration;
    private final Runnable goOn = this::schedule;

    Loop(Hub hub, Owner owner, int index) {
        this.hub = hub;
        this.owner = owner;
        this.index = index;
        this.announcements = new Announcements(this, hub.config().announcementsMax());
    }

    public Owner owner() {
        return owner;
    }

    /** This loop's number, from 0. */
    public int index() {
        return index;
    }

    /** Runs the tail once at the end of this iteration. The caller sees to it that it is not given twice. */
    public void atEnd(Tail tail) {
        tails.add(tail);
        schedule();
    }

    HubMeters meters() {
        return hub.meters();
    }

    Announcements announcements() {
        return announcements;
    }

    int batchBytesMax() {
        return hub.config().batchBytesMax();
    }

    void drainLater(Roster roster) {
        dirty.add(roster);
        schedule();
    }

    void slowLater(Subscriber subscriber) {
        slow.add(subscriber);
        meters().slow();
        schedule();
    }

    Room room(RoomKey key) {
        assert owner.inside();
        Room room = rooms.get(key);
        if (room == null) {
            room = new Room(key, this, hub);
            rooms.put(key, room);
            meters().rooms(1);
            room.open();
        }
        return room;
    }

    /** Rooms that this loop owns. */
    public int roomCount() {
        return rooms.size();
    }

    /** Rooms that have members on this loop. */
    public int rosterCount() {
        return rosters.size();
    }

    /** Rooms of a kind that somebody is in: the first so many with an id beyond one, in the order of ids. */
    List<RoomSummary> summaries(String kind, String after, int limit) {
        assert owner.inside();
        PriorityQueue<RoomSummary> first = new PriorityQueue<>(RoomSummary.BY_ID.reversed());
        for (Room room : rooms.values()) {
            RoomKey key = room.key();
            if (room.users() == 0 || !key.kind().equals(kind) || key.id().compareTo(after) <= 0) {
                continue;
            }
            first.add(new RoomSummary(key, room.users(), room.epoch(), room.newest()));
            if (first.size() > limit) {
                first.remove();
            }
        }
        return List.copyOf(first);
    }

    void forget(Room room) {
        if (rooms.remove(room.key(), room)) {
            meters().rooms(-1);
        }
    }

    Roster roster(RoomKey key) {
        assert owner.inside();
        Roster roster = rosters.get(key);
        if (roster == null) {
            roster = new Roster(key, this, hub.kind(key.kind()));
            rosters.put(key, roster);
        }
        return roster;
    }

    /** The key as the roster here has it, where there is one: a thousand members need not keep a thousand copies of their room's name. */
    RoomKey known(RoomKey key) {
        Roster roster = rosters.get(key);
        return roster == null ? key : roster.key();
    }

    @Nullable
    Roster rosterIfAny(RoomKey key) {
        return rosters.get(key);
    }

    void forgetIfEmpty(RoomKey key) {
        Roster roster = rosters.get(key);
        if (roster != null && roster.size() == 0) {
            rosters.remove(key);
        }
    }

    /** Gives lagging members what they are owed. Called by a slow tick. */
    void catchUp() {
        for (Roster roster : rosters.values()) {
            roster.catchUp();
        }
    }

    private void schedule() {
        if (!scheduled) {
            scheduled = true;
            owner.atIterationEnd(end);
        }
    }

    private void endOfIteration() {
        scheduled = false;
        if (flushed == flushing.size()) {
            drain();
            runTails();
        }
        flush();
        if (!slow.isEmpty()) {
            ArrayList<Subscriber> now = slow;
            slow = new ArrayList<>();
            for (Subscriber subscriber : now) {
                subscriber.slow();
            }
        }
    }

    private void drain() {
        while (!dirty.isEmpty()) {
            ArrayList<Roster> now = dirty;
            dirty = draining;
            draining = now;
            for (int i = 0; i < now.size(); i++) {
                now.get(i).drain();
            }
            now.clear();
        }
    }

    private void runTails() {
        while (!tails.isEmpty()) {
            ArrayList<Tail> now = tails;
            tails = running;
            running = now;
            for (int i = 0; i < now.size(); i++) {
                now.get(i).endOfIteration();
            }
            flushing.addAll(now);
            now.clear();
        }
    }

    private void flush() {
        int to = Math.min(flushing.size(), flushed + FLUSHES_AT_ONCE);
        while (flushed < to) {
            flushing.get(flushed++).flush();
        }
        if (flushed < flushing.size()) {
            owner.execute(goOn);
        } else {
            flushing.clear();
            flushed = 0;
            if (!dirty.isEmpty() || !tails.isEmpty()) {
                owner.execute(goOn);
            }
        }
    }
}
