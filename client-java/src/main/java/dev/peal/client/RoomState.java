package dev.peal.client;

import dev.peal.client.json.Json;
import dev.peal.client.loop.Loop;
import dev.peal.protocol.Position;
import dev.peal.protocol.Recovery;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One room: whether the client is in it, and the last entry it has. Joins on each connection anew, behind that entry. Owned by the loop.
 */
final class RoomState {
    /** Acknowledged entries beyond a hole: pushes that are still on their way will fill it. */
    private static final int AHEAD_MAX = 1_000;

    private final String id;
    private final Requests requests;
    private final Loop loop;
    private final Lane lane;
    private final Feed feed;
    private final Backoff backoff;
    private final TreeSet<Long> ahead = new TreeSet<>();
    private @Nullable Position position;
    private @Nullable PealException refused;
    private boolean wanted;
    private boolean joined;
    private boolean live;
    /** Which join is asked for: the answer to an earlier one is too late. */
    private long turn;

    private Loop.Timer again = Loop.Timer.NONE;
    private long repeats;

    /** What rooms share. */
    record Parts(Requests requests, Loop loop, ClientSettings settings, RandomGenerator random) {}

    RoomState(String id, Parts parts, Lane lane, Feed feed) {
        this.id = id;
        this.requests = parts.requests();
        this.loop = parts.loop();
        this.lane = lane;
        this.feed = feed;
        this.backoff = new Backoff(parts.settings().reconnect(), parts.random());
    }

    Lane lane() {
        return lane;
    }

    Feed feed() {
        return feed;
    }

    Optional<Position> position() {
        return Optional.ofNullable(position);
    }

    /** Why the server does not let the client in; empty where it does, or was not asked. */
    Optional<PealException> refused() {
        return Optional.ofNullable(refused);
    }

    boolean joined() {
        return joined;
    }

    /** Entries that came again and were left out. */
    long repeats() {
        return repeats;
    }

    void want() {
        if (!wanted || refused != null) {
            wanted = true;
            refused = null;
            ask();
        }
    }

    /** Goes on from a position that the program remembers. */
    void from(Position since) {
        if (position == null) {
            position = since;
        }
    }

    /** Leaves; answers whether the server is to be told. */
    boolean leave() {
        boolean told = wanted && live;
        wanted = false;
        out();
        position = null;
        ahead.clear();
        return told;
    }

    void live() {
        live = true;
        ask();
    }

    void lost() {
        live = false;
        out();
    }

    private void out() {
        joined = false;
        turn++;
        again.cancel();
        lane.shut();
    }

    private void ask() {
        if (!wanted || !live || refused != null) {
            return;
        }
        ObjectNode data = Json.object().put("roomId", id);
        Optional<Position> since = Optional.ofNullable(position);
        since.ifPresent(at -> data.set("since", Wire.since(at)));
        long mine = ++turn;
        requests.ask("join_room", data, outcome -> {
            if (mine == turn) {
                answered(outcome, since);
            }
        });
    }

    private void answered(Requests.Outcome outcome, Optional<Position> since) {
        if (outcome instanceof Requests.Outcome.Answered answer) {
            joined(answer.message().path("data"), since);
        } else if (outcome instanceof Requests.Outcome.Refused no) {
            refused(no.refusal());
        }
    }

    private void joined(JsonNode data, Optional<Position> since) {
        Optional<Position> newest = Wire.position(data);
        if (newest.isEmpty()) {
            refused(new Refusal("bad_reply", "The server's answer is no joined", false, OptionalLong.empty()));
            return;
        }
        Recovery recovery = Wire.recovery(data);
        boolean goesOn = recovery instanceof Recovery.Complete && since.isPresent();
        if (!goesOn) {
            position = newest.get();
            ahead.clear();
        }
        backoff.reset();
        joined = true;
        feed.offer(new RoomEvent.Joined(newest.get(), recovery));
        lane.open();
    }

    private void refused(Refusal refusal) {
        if (refusal.retry()) {
            again = loop.after(refusal.retryAfterMillis().orElseGet(backoff::nextMillis), this::ask);
            return;
        }
        PealException why = refusal.exception();
        refused = why;
        feed.offer(new RoomEvent.Refused(why.code()));
        lane.refuse(why);
    }

    /** A push of this room. */
    void push(RoomEvent event) {
        Position at = position;
        if (!joined || at == null) {
            return; // a late word of a room that was left
        }
        OptionalLong offset = event.offset();
        if (offset.isPresent() && !advance(at, offset.getAsLong())) {
            repeats++;
            return;
        }
        feed.offer(event);
    }

    /** Whether the entry is new. */
    private boolean advance(Position at, long offset) {
        if (offset <= at.offset() || ahead.contains(offset)) {
            return false;
        }
        position = new Position(at.epoch(), offset);
        closeUp();
        return true;
    }

    /** An own entry is stored: what comes of it later is no news. */
    void acknowledged(Position stored) {
        Position at = position;
        if (at != null && at.epoch().equals(stored.epoch()) && stored.offset() > at.offset()) {
            ahead.add(stored.offset());
            closeUp();
            while (ahead.size() > AHEAD_MAX) {
                ahead.pollFirst();
            }
        }
    }

    /** Takes in what is known already behind the position. */
    private void closeUp() {
        Position at = position;
        while (at != null && !ahead.isEmpty() && ahead.first() <= at.offset() + 1) {
            at = new Position(at.epoch(), Math.max(at.offset(), ahead.pollFirst()));
        }
        position = at;
    }
}
