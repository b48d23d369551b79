package dev.peal.hub;

import dev.peal.log.RoomKey;
import dev.peal.log.RoomLog;
import dev.peal.time.Owner;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** All rooms, spread over the loops. Thread-safe: it hands each call to the loop that owns what it is about. */
public final class Hub {
    private final RoomLog log;
    private final HubConfig config;
    private final HubMeters meters;
    private final Map<String, RoomKind> kinds;
    private final Map<String, Residents> residents;
    private final List<Loop> loops;

    /** A hub whose rooms have no residents. */
    public Hub(
            RoomLog log,
            List<? extends Owner> owners,
            HubConfig config,
            HubMeters meters,
            Map<String, RoomKind> kinds) {
        this(log, owners, config, meters, kinds, Map.of());
    }

    /**
     * @param owners one for each event loop
     * @param kinds the room kinds by name; a kind that is not in it has {@link RoomKind#people} rooms
     * @param residents by room kind, for those that have any
     */
    public Hub(
            RoomLog log,
            List<? extends Owner> owners,
            HubConfig config,
            HubMeters meters,
            Map<String, RoomKind> kinds,
            Map<String, Residents> residents) {
        this.log = log;
        this.config = config;
        this.meters = meters;
        this.kinds = Map.copyOf(kinds);
        this.residents = Map.copyOf(residents);
        List<Loop> made = new ArrayList<>();
        for (Owner owner : owners) {
            made.add(new Loop(this, owner, made.size()));
        }
        this.loops = List.copyOf(made);
    }

    public List<Loop> loops() {
        return loops;
    }

    /** The loop that owns a room. */
    public Loop home(RoomKey key) {
        int hash = key.hashCode();
        return loops.get(Math.floorMod(hash ^ hash >>> 16, loops.size()));
    }

    /** A place in a room for a connection of this loop; not in the room until it joins. Connection's loop. */
    public Member member(RoomKey key, Subscriber subscriber, Loop loop) {
        return new Member(loop.known(key), subscriber, loop);
    }

    /**
     * Runs a step on the room's owner, in the order in which this thread asked; at once if it is the owner and the room is open. The room is opened if it is not;
     * a step that makes nothing happen in an empty room lets it go again.
     */
    public void with(RoomKey key, Consumer<Room> step) {
        Loop home = home(key);
        if (home.owner().inside()) {
            step(home.room(key), step);
        } else {
            home.owner().execute(() -> step(home.room(key), step));
        }
    }

    /**
     * Rooms of a kind that somebody is in, in the order of their ids. Each loop looks through its own; the answer comes on the last one.
     *
     * @param after only ids beyond this one; empty: from the first
     * @param limit at most so many
     */
    public CompletionStage<List<RoomSummary>> rooms(String kind, String after, int limit) {
        return onEachLoop(loop -> loop.summaries(kind, after, limit))
                .thenApply(found -> found.stream()
                        .flatMap(List::stream)
                        .sorted(RoomSummary.BY_ID)
                        .limit(limit)
                        .toList());
    }

    /** Puts a question to every loop, on that loop; the answers, in no order, come on the last one. */
    public <T> CompletionStage<List<T>> onEachLoop(Function<Loop, T> question) {
        CompletableFuture<List<T>> answer = new CompletableFuture<>();
        ConcurrentLinkedQueue<T> answers = new ConcurrentLinkedQueue<>();
        AtomicInteger left = new AtomicInteger(loops.size());
        for (Loop loop : loops) {
            loop.owner().execute(() -> {
                answers.add(question.apply(loop));
                if (left.decrementAndGet() == 0) {
                    answer.complete(List.copyOf(answers));
                }
            });
        }
        return answer;
    }

    /** The same for a room that a connection of this loop has a place in: the step finds the room without a look-up where both are here. */
    public void with(Member member, Consumer<Room> step) {
        Loop home = home(member.key());
        Room room = home.owner().inside() ? member.room : null;
        if (room == null) {
            with(member.key(), step);
        } else {
            step(room, step);
        }
    }

    /** Lets a member take stored entries live, if it has all that reached its loop. Connection's loop. */
    public boolean goLive(Member member, long cursor) {
        Roster roster = member.loop().rosterIfAny(member.key());
        if (roster == null || member.slot == Member.NOT_LISTED) {
            return false;
        }
        roster.drain();
        member.live = cursor >= roster.newest();
        return member.live;
    }

    /** Writes what has gathered for the member's room on its loop, so that what is written next comes behind it. Connection's loop. */
    public static void drain(Member member) {
        Roster roster = member.loop().rosterIfAny(member.key());
        if (roster != null) {
            roster.drain();
        }
    }

    /** The newest offset that reached the member's loop. Connection's loop. */
    public long newest(Member member) {
        Roster roster = member.loop().rosterIfAny(member.key());
        return roster == null ? 0 : roster.newest();
    }

    /** The connection is gone: nothing is offered to it any more, and its room is told. Connection's loop. */
    public void gone(Member member) {
        unlist(member);
        with(member.key(), room -> {
            room.leave(member, null);
        });
    }

    /** The connection has no place in the room any more: nothing of it is offered from now on, and the room is told. {@code done} runs on the connection's loop, which calls. */
    public void putOut(Member member, Runnable done) {
        unlist(member);
        with(member.key(), room -> room.leave(member, done));
    }

    /** The connection is gone, and its session may come back: as {@link #gone}, but its user stays present for a time ({@link Room#linger}). Connection's loop. */
    public void linger(Member member, Object session, long graceMillis) {
        unlist(member);
        with(member.key(), room -> {
            room.linger(member, session, graceMillis);
        });
    }

    private static void unlist(Member member) {
        Roster roster = member.loop().rosterIfAny(member.key());
        if (roster != null) {
            roster.remove(member);
        }
    }

    /** Gives lagging members of this loop what they are owed. To be called a few times a second, on the loop. */
    public void tick(Loop loop) {
        loop.catchUp();
    }

    RoomLog log() {
        return log;
    }

    HubConfig config() {
        return config;
    }

    HubMeters meters() {
        return meters;
    }

    /** What the rooms of a kind share. */
    public RoomKind kind(String name) {
        @Nullable RoomKind kind = kinds.get(name);
        return kind == null ? RoomKind.people(name) : kind;
    }

    @Nullable
    Residents residents(String kind) {
        return residents.get(kind);
    }

    private static void step(Room room, Consumer<Room> step) {
        room.whenOpen(() -> {
            step.accept(room);
            room.closeIfEmpty();
        });
    }
}
