package dev.peal.client;

import dev.peal.client.json.Json;
import dev.peal.protocol.ClientMessage;
import dev.peal.protocol.Position;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
import tools.jackson.databind.node.ObjectNode;

/**
 * A room that a client is in, or on its way into, whatever happens to its connection. Thread-safe.
 *
 * <p>Each listener and subscriber gets every stored entry once and in order. A {@link RoomEvent.Joined} with a {@code Lost} recovery says that the server could not give what was
 * missed: then {@link #history} shows what there is.
 */
public final class Room {
    private final String id;
    private final PealClient client;

    Room(String id, PealClient client) {
        this.id = id;
        this.client = client;
    }

    public String id() {
        return id;
    }

    /** Enters again what was left, or asks again where the server refused. */
    public Room join() {
        client.onLoop(core -> core.room(id).want());
        return this;
    }

    /** Enters behind a position that the program has remembered: what came after it comes as events. Does nothing where the client knows the room. */
    public Room joinSince(Position position) {
        client.onLoop(core -> {
            RoomState room = core.room(id);
            room.from(position);
            room.want();
        });
        return this;
    }

    /** Goes out. What waits to be published here is refused with {@code left}. */
    public void leave() {
        client.onLoop(core -> core.leave(id));
    }

    /**
     * Says something to everyone in the room. The future ends with the acknowledgement, however many connections that takes; or with a {@link PealException}: {@code queue_full}
     * where too much waits already, and nothing was sent.
     *
     * @param text 1 to 1,000 code points
     */
    public CompletableFuture<Ack> publish(String text) {
        return client.publish(this, text, Duration.ZERO);
    }

    /** As {@link #publish(String)}, but waits for a place in the queue; not to be called by a listener of a client with a full queue that it wants to see emptied by others. */
    public CompletableFuture<Ack> publish(String text, Duration placeWithin) {
        return client.publish(this, text, placeWithin);
    }

    /** Publishes another application's type. */
    public CompletableFuture<Ack> publish(String type, ObjectNode data) {
        return client.publish(this, type, data, Duration.ZERO);
    }

    /** Tells the others whether the user types, if there is a connection. */
    public void typing(boolean typing) {
        client.onLoop(core -> core.signal("typing", data().put("typing", typing)));
    }

    /** Everything that happens here from now on. Each subscriber has its own pace; see {@link ClientSettings#maxEvents}. */
    public Flow.Publisher<RoomEvent> events() {
        return subscriber -> client.onLoop(core -> core.room(id).feed().subscribe(subscriber));
    }

    /** Calls the listener with everything that happens here, on the client's callback executor. */
    public Room onEvent(Consumer<RoomEvent> listener) {
        events().subscribe(new Listener(listener));
        return this;
    }

    /** Calls the listener with what people say. */
    public Room onMessage(Consumer<RoomEvent.Message> listener) {
        return onEvent(event -> {
            if (event instanceof RoomEvent.Message message) {
                listener.accept(message);
            }
        });
    }

    /** The last entry that the client has here; empty before it was in the room. */
    public CompletableFuture<Optional<Position>> position() {
        return client.get(core -> core.room(id).position());
    }

    /** The newest entries, 1 to 200. */
    public CompletableFuture<Pages.History> history(int limit) {
        return history(OptionalLong.empty(), OptionalLong.empty(), limit);
    }

    /** The newest entries before an offset, or those next after one. */
    public CompletableFuture<Pages.History> history(OptionalLong before, OptionalLong after, int limit) {
        ObjectNode data = data().put("limit", limit);
        before.ifPresent(offset -> data.put("before", offset));
        after.ifPresent(offset -> data.put("after", offset));
        return client.read("history", data, Wire::history);
    }

    /** Who is here: the first hundred users. */
    public CompletableFuture<Pages.Presence> presence() {
        return client.read("presence", data(), Wire::presence);
    }

    /** Who is here, from where another page ended. */
    public CompletableFuture<Pages.Presence> presence(String after, int limit) {
        return client.read("presence", data().put("after", after).put("limit", limit), Wire::presence);
    }

    /** What was said here with these words, the newest first. */
    public CompletableFuture<Pages.Search> search(String query) {
        return search(data().put("query", query), query);
    }

    /** The page behind another one. */
    public CompletableFuture<Pages.Search> search(String query, long before, int limit) {
        return search(data().put("query", query).put("before", before).put("limit", limit), query);
    }

    private CompletableFuture<Pages.Search> search(ObjectNode data, String query) {
        int length = query.codePointCount(0, query.length());
        if (length < 1 || length > ClientMessage.SEARCH_QUERY_LENGTH_MAX) {
            return CompletableFuture.failedFuture(
                    new PealException("invalid_message", "A query has 1 to 200 code points", false));
        }
        return client.read("search", data, Wire::search);
    }

    private ObjectNode data() {
        return Json.object().put("roomId", id);
    }

    static void check(String roomId) {
        if (!ClientMessage.isRoomId(roomId)) {
            throw new PealException("invalid_message", "A room's id is 1 to 128 of a-z A-Z 0-9 - _", false);
        }
    }

    /** A listener that throws loses what it threw at, and nothing else. */
    private static final class Listener implements Flow.Subscriber<RoomEvent> {
        private static final System.Logger LOG = System.getLogger(Room.class.getName());
        private final Consumer<RoomEvent> listener;

        Listener(Consumer<RoomEvent> listener) {
            this.listener = listener;
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(RoomEvent event) {
            try {
                listener.accept(event);
            } catch (RuntimeException e) {
                LOG.log(System.Logger.Level.WARNING, "a listener of a room failed", e);
            }
        }

        @Override
        public void onError(Throwable failure) {
            // Only a bad demand fails, and this one is good.
        }

        @Override
        public void onComplete() {
            // The client is closed, which its owner knows.
        }
    }
}
