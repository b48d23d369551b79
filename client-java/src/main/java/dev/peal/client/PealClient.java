package dev.peal.client;

import dev.peal.client.json.Json;
import dev.peal.client.loop.Loop;
import dev.peal.client.outbox.Outbox;
import dev.peal.client.outbox.Outgoing;
import dev.peal.protocol.ClientMessage;
import java.net.URI;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import tools.jackson.databind.node.ObjectNode;

/**
 * A client of Peal. Thread-safe; its threads are daemons.
 *
 * <pre>{@code
 * try (PealClient client = PealClient.builder("https://chat.example").tokens(myTokens).connect()) {
 *     Room room = client.room("lobby");
 *     room.onMessage(message -> System.out.println(message.text()));
 *     room.publish("hello").join();
 * }
 * }</pre>
 */
public final class PealClient implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(PealClient.class.getName());
    private static final int MESSAGE_ID_BYTES = 16;

    private final ClientCore core;
    private final Loop loop;
    private final Executor callbacks;
    private final RandomGenerator random;
    private final Outbox outbox;
    private final Runnable released;
    /** Places in the queue; a publish gives its own back when it is acknowledged or refused. What an earlier program left has none. */
    private final Semaphore places;

    private final ConcurrentHashMap<String, Room> rooms = new ConcurrentHashMap<>();
    private final List<Consumer<ClientState>> onState = new CopyOnWriteArrayList<>();
    private final List<Consumer<Held>> onHeld = new CopyOnWriteArrayList<>();
    private final List<Consumer<Pages.Notification>> onNotification = new CopyOnWriteArrayList<>();
    private final List<Consumer<Long>> onNotificationsRead = new CopyOnWriteArrayList<>();
    private volatile ClientState state = ClientState.INITIAL;
    private volatile boolean closed;

    /** @param released lets what is done with the client come to its end, and its threads go */
    PealClient(ClientCore.Parts parts, Connector.Parts connection, Runnable released) {
        this.loop = parts.loop();
        this.callbacks = parts.callbacks();
        this.random = parts.random();
        this.outbox = parts.outbox();
        this.released = released;
        this.places = new Semaphore(parts.settings().maxQueueSize());
        this.core = new ClientCore(parts, connection, new Told());
    }

    /** A client of the server at this {@code http} or {@code https} address. */
    public static ClientBuilder builder(String url) {
        return new ClientBuilder(URI.create(url));
    }

    /** A client of the server at this {@code http} or {@code https} address. */
    public static ClientBuilder builder(URI url) {
        return new ClientBuilder(url);
    }

    /** Reads what an earlier program left, and starts. */
    PealClient begin() {
        List<Outgoing> left = outbox.open();
        loop.execute(() -> core.start(left));
        return this;
    }

    /** The room of that name, which the client enters, and enters again on each connection, until {@link Room#leave}. */
    public Room room(String id) {
        Room.check(id);
        return rooms.computeIfAbsent(id, name -> new Room(name, this)).join();
    }

    /** Where the client stands. */
    public ClientState state() {
        return state;
    }

    public PealClient onState(Consumer<ClientState> listener) {
        onState.add(listener);
        return this;
    }

    /** Called where the server holds a publish back: too many, or not now. */
    public PealClient onHeld(Consumer<Held> listener) {
        onHeld.add(listener);
        return this;
    }

    /** Notifications to this user, once each and in order, and broadcasts. */
    public PealClient onNotification(Consumer<Pages.Notification> listener) {
        onNotification.add(listener);
        return this;
    }

    /** Called with the offset up to which everything was read, on this connection or another one. */
    public PealClient onNotificationsRead(Consumer<Long> listener) {
        onNotificationsRead.add(listener);
        return this;
    }

    /** Older notifications, before an offset or the newest. */
    public CompletableFuture<Pages.Notifications> notifications(OptionalLong before, int limit) {
        ObjectNode data = Json.object().put("limit", limit);
        before.ifPresent(offset -> data.put("before", offset));
        return read("notifications", data, Wire::notifications);
    }

    /** Everything up to this offset was read. */
    public CompletableFuture<Void> markRead(long offset) {
        return read("read", Json.object().put("offset", offset), reply -> (Void) null);
    }

    /** What the client has been through. */
    public CompletableFuture<Diagnostics> diagnostics() {
        return get(ClientCore::diagnostics);
    }

    /** Connects again after {@link #stop}, or after the server sent the client away. */
    public void start() {
        loop.execute(core::start);
    }

    /** Closes the connection and stays away; what is published meanwhile waits. */
    public void stop() {
        loop.execute(core::stop);
    }

    /** Ends the client for good. What was not acknowledged fails with {@code stopped}; with a file outbox it is sent by the next client. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        loop.execute(core::close);
        released.run();
        outbox.close();
    }

    /** Lets another package of this library use the connection; see {@link Line}. The user is made, and told everything, on the loop. */
    public void attach(Function<Line, Line.User> made) {
        loop.execute(() -> core.attach(made.apply(core)));
    }

    /** Ends what {@link #attach} began. */
    public void detach(Line.User user) {
        loop.execute(() -> core.detach(user));
    }

    CompletableFuture<Ack> publish(Room room, String text, Duration placeWithin) {
        int length = text.codePointCount(0, text.length());
        if (length < 1 || length > ClientMessage.TEXT_LENGTH_MAX) {
            return CompletableFuture.failedFuture(
                    new PealException("invalid_message", "A message has 1 to 1,000 code points", false));
        }
        return publish(room, "message", Json.object().put("roomId", room.id()).put("message", text), placeWithin);
    }

    CompletableFuture<Ack> publish(Room room, String type, ObjectNode data, Duration placeWithin) {
        if (closed) {
            return CompletableFuture.failedFuture(new PealException("stopped", "The client is closed", false));
        }
        if (!place(placeWithin)) {
            return CompletableFuture.failedFuture(
                    new PealException("queue_full", "Too many messages wait for their acknowledgement", true));
        }
        CompletableFuture<Ack> future = new CompletableFuture<>();
        Outgoing message = new Outgoing(messageId(), room.id(), type, data.deepCopy());
        loop.execute(() -> core.publish(
                message,
                result -> callbacks.execute(() -> {
                    if (result instanceof Ack ack) {
                        future.complete(ack);
                    } else {
                        future.completeExceptionally((PealException) result);
                    }
                })));
        return future;
    }

    private boolean place(Duration within) {
        try {
            return within.isZero() ? places.tryAcquire() : places.tryAcquire(within.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private String messageId() {
        byte[] bytes = new byte[MESSAGE_ID_BYTES];
        synchronized (random) {
            random.nextBytes(bytes);
        }
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    <T> CompletableFuture<T> read(String type, ObjectNode data, Function<ObjectNode, T> parse) {
        CompletableFuture<T> future = new CompletableFuture<>();
        loop.execute(() -> core.reads()
                .ask(
                        type,
                        data,
                        (answer, failure) -> callbacks.execute(() -> {
                            if (answer == null) {
                                future.completeExceptionally(
                                        failure == null
                                                ? new PealException("stopped", "The client is closed", false)
                                                : failure);
                                return;
                            }
                            try {
                                future.complete(parse.apply(answer));
                            } catch (PealException e) {
                                future.completeExceptionally(e);
                            }
                        })));
        return future;
    }

    <T> CompletableFuture<T> get(Function<ClientCore, T> read) {
        CompletableFuture<T> future = new CompletableFuture<>();
        loop.execute(() -> {
            T value = read.apply(core);
            callbacks.execute(() -> future.complete(value));
        });
        return future;
    }

    void onLoop(Consumer<ClientCore> action) {
        loop.execute(() -> action.accept(core));
    }

    /** Passes on what happens, each to its own listeners, on the callback executor. */
    private final class Told implements ClientCore.Listeners {
        @Override
        public void state(ClientState now) {
            state = now;
            tell(onState, now);
        }

        @Override
        public void held(Held held) {
            tell(onHeld, held);
        }

        @Override
        public void notification(Pages.Notification notification) {
            tell(onNotification, notification);
        }

        @Override
        public void notificationsRead(long upTo) {
            tell(onNotificationsRead, upTo);
        }

        @Override
        public void published() {
            places.release();
        }

        private <T> void tell(List<Consumer<T>> listeners, T what) {
            for (Consumer<T> listener : listeners) {
                callbacks.execute(() -> {
                    try {
                        listener.accept(what);
                    } catch (RuntimeException e) {
                        LOG.log(System.Logger.Level.WARNING, "a listener of the client failed", e);
                    }
                });
            }
        }
    }
}
