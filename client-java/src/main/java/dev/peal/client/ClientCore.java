package dev.peal.client;

import dev.peal.client.json.Json;
import dev.peal.client.loop.Loop;
import dev.peal.client.outbox.Outbox;
import dev.peal.client.outbox.Outgoing;
import dev.peal.protocol.Position;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A client's state: its connection, its rooms, what waits for an answer. Everything here happens on the loop. */
final class ClientCore implements Connector.Owner, Lane.Owner, Line {
    /** Who is told what happens to a client. */
    interface Listeners {
        void state(ClientState state);

        void held(Held held);

        void notification(Pages.Notification notification);

        void notificationsRead(long upTo);

        /** A publish of this program has left the outbox. */
        void published();
    }

    /** What a core is made of. */
    record Parts(ClientSettings settings, Loop loop, Executor callbacks, RandomGenerator random, Outbox outbox) {}

    private final Parts parts;
    private final Loop loop;
    private final Listeners listeners;
    private final Connector connector;
    private final Requests requests;
    private final Reads reads;
    private final Map<String, RoomState> rooms = new LinkedHashMap<>();
    /** Left by an earlier program, in rooms that this one has not asked for yet. */
    private final Map<String, ArrayDeque<Lane.Publish>> left = new LinkedHashMap<>();

    private final Notified notified = new Notified();
    private final List<Line.User> users = new ArrayList<>();
    private Optional<String> userId = Optional.empty();
    private long signIns;
    private long malformed;
    private int pending;
    private @Nullable PealException over;

    ClientCore(Parts parts, Connector.Parts connection, Listeners listeners) {
        this.parts = parts;
        this.loop = parts.loop();
        this.listeners = listeners;
        ClientSettings settings = parts.settings();
        this.connector = new Connector(connection, backoff(), backoff(), loop, this);
        this.requests = new Requests(loop, settings.patience().answerMillisMax(), connector::send, connector::giveUp);
        this.reads = new Reads(requests, settings, parts.random(), loop);
    }

    private Backoff backoff() {
        return new Backoff(parts.settings().reconnect(), parts.random());
    }

    // --- what a program asks for

    void start(List<Outgoing> fromBefore) {
        for (Outgoing message : fromBefore) {
            pending++;
            left.computeIfAbsent(message.roomId(), any -> new ArrayDeque<>())
                    .add(new Lane.Publish(message, backoff(), null));
        }
        start();
    }

    void start() {
        over = null;
        connector.start();
    }

    void stop() {
        connector.stop();
    }

    /** Ends for good: whoever waits is told. */
    void close() {
        connector.stop();
        refuseAll(new PealException("stopped", "The client is closed", false));
        rooms.values().forEach(room -> room.feed().complete());
    }

    /** The room of that name; the first call makes it. */
    RoomState room(String id) {
        RoomState known = rooms.get(id);
        if (known != null) {
            return known;
        }
        RoomSubscription.Shared shared = new RoomSubscription.Shared(
                loop, parts.callbacks(), reads, parts.settings().maxEvents());
        RoomState made = new RoomState(
                id,
                new RoomState.Parts(requests, loop, parts.settings(), parts.random()),
                new Lane(requests, loop, this),
                new Feed(id, shared));
        rooms.put(id, made);
        ArrayDeque<Lane.Publish> waiting = left.remove(id);
        if (waiting != null) {
            waiting.forEach(made.lane()::add);
        }
        if (connector.state().phase() == ClientState.Phase.LIVE) {
            made.live();
        }
        return made;
    }

    void leave(String id) {
        RoomState room = rooms.get(id);
        if (room != null && room.leave()) {
            ObjectNode message = Json.object().put("type", "leave_room");
            message.putObject("data").put("roomId", id);
            connector.send(message);
        }
        if (room != null) {
            room.lane().refuse(new PealException("left", "The room was left", false));
        }
    }

    /** Keeps a message and sends it in its turn. */
    void publish(Outgoing message, Consumer<Object> then) {
        pending++;
        Lane.Publish publish = new Lane.Publish(message, backoff(), then);
        parts.outbox().keep(message, kept -> {
            if (!kept) {
                end(publish, new PealException("outbox_unusable", "The outbox cannot be written", false));
            } else if (over != null) {
                end(publish, over);
            } else {
                RoomState room = room(message.roomId());
                Optional<PealException> refused = room.refused();
                if (refused.isPresent()) {
                    refused(publish, refused.get());
                } else {
                    room.want();
                    room.lane().add(publish);
                }
            }
        });
    }

    /** A signal: sent if there is a connection, else forgotten. */
    void signal(String type, ObjectNode data) {
        ObjectNode message = Json.object().put("type", type);
        message.set("data", data);
        connector.send(message);
    }

    Reads reads() {
        return reads;
    }

    /** Any other request, over the connection that there is. */
    void request(String type, ObjectNode data, Consumer<Requests.Outcome> then) {
        requests.ask(type, data, then);
    }

    // --- for the library's other packages

    void attach(Line.User user) {
        users.add(user);
        if (connector.state().phase() == ClientState.Phase.LIVE) {
            greet(user);
        }
    }

    void detach(Line.User user) {
        users.remove(user);
    }

    private void greet(Line.User user) {
        user.live(connector.state().transport().orElse(""), userId);
    }

    @Override
    public Loop loop() {
        return loop;
    }

    @Override
    public Executor callbacks() {
        return parts.callbacks();
    }

    @Override
    public RandomGenerator random() {
        return parts.random();
    }

    @Override
    public long waitMillis(int failures) {
        return Backoff.millis(
                parts.settings().reconnect(), failures, parts.random().nextDouble());
    }

    @Override
    public void ask(String type, ObjectNode data, Consumer<Line.Answer> then) {
        requests.ask(type, data, outcome -> then.accept(answer(outcome)));
    }

    static Line.Answer answer(Requests.Outcome outcome) {
        if (outcome instanceof Requests.Outcome.Answered answered) {
            return new Line.Answer.Said(answered.message());
        }
        return outcome instanceof Requests.Outcome.Refused refused
                ? new Line.Answer.Refused(
                        refused.refusal().exception(), refused.refusal().retryAfterMillis())
                : new Line.Answer.Lost();
    }

    @Override
    public void tell(String type, ObjectNode data) {
        signal(type, data);
    }

    Diagnostics diagnostics() {
        return new Diagnostics(
                connector.state(),
                userId,
                signIns,
                connector.failures(),
                connector.tokensAsked(),
                pending,
                requests.unknown(),
                rooms.values().stream().mapToLong(RoomState::repeats).sum(),
                malformed);
    }

    // --- what the connection says

    @Override
    public void live(JsonNode data) {
        Optional<String> user = Wire.text(data, "userId");
        if (!user.equals(userId)) {
            notified.clear();
        }
        userId = user;
        signIns++;
        rooms.values().forEach(RoomState::live);
        users.forEach(this::greet);
        reads.live();
    }

    @Override
    public void lost() {
        reads.lost();
        rooms.values().forEach(RoomState::lost);
        users.forEach(Line.User::lost);
        requests.lost();
    }

    @Override
    public void message(ObjectNode message) {
        if (message.has("id")) {
            requests.take(message);
            return;
        }
        switch (Wire.type(message)) {
            case "notification" -> notification(message);
            case "notification_read" -> {
                if (news(message)) {
                    listeners.notificationsRead(
                            message.path("data").path("offset").asLong(0));
                }
            }
            // Without an id an error is about nothing that was asked here; the others are answers that nobody asked
            // for.
            case "error", "ack", "joined", "authenticated" -> malformed++;
            default -> roomPush(message);
        }
    }

    private void roomPush(ObjectNode message) {
        if (message.path("data").has("documentId")) {
            List.copyOf(users).forEach(user -> user.push(message));
            return;
        }
        RoomState room = rooms.get(Wire.roomId(message));
        Optional<RoomEvent> event = Wire.event(message);
        if (event.isEmpty()) {
            malformed++;
        } else if (room != null) {
            room.push(event.get());
        }
    }

    private void notification(ObjectNode message) {
        if (news(message)) {
            listeners.notification(new Pages.Notification(Wire.offset(message), message.path("data")));
        }
    }

    /** A broadcast has no offset and comes once. */
    private boolean news(ObjectNode message) {
        OptionalLong offset = Wire.offset(message);
        return offset.isEmpty() || notified.add(offset.getAsLong(), message);
    }

    @Override
    public void stopped(String reason) {
        refuseAll(new PealException("stopped", "The server sent this client away: " + reason, false));
    }

    @Override
    public void changed(ClientState state) {
        listeners.state(state);
    }

    private void refuseAll(PealException why) {
        over = why;
        reads.end(why);
        users.forEach(user -> user.over(why));
        rooms.values().forEach(room -> room.lane().refuse(why));
    }

    // --- what becomes of messages

    @Override
    public void acknowledged(Lane.Publish publish, Position position) {
        Outgoing message = publish.message();
        parts.outbox().done(message);
        RoomState room = rooms.get(message.roomId());
        if (room != null) {
            room.acknowledged(position);
        }
        end(publish, new Ack(message.roomId(), position));
    }

    @Override
    public void refused(Lane.Publish publish, PealException why) {
        // What only this client's end refuses stays in a file, for the next program.
        if (over == null) {
            parts.outbox().done(publish.message());
        }
        end(publish, why);
    }

    @Override
    public void held(Held held) {
        listeners.held(held);
    }

    private void end(Lane.Publish publish, Object result) {
        pending--;
        if (publish.end(result)) {
            listeners.published();
        }
    }
}
