package dev.peal.app;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * One message that clients can send: its wire type, how it is read and checked, which room it is about, and what handles it. Made by {@link #of} or
 * {@link #checkedBy}.
 *
 * @param <T> what the message is read into
 */
public final class MessageType<T> {
    /** Handles a message on the owner of the room that it names. Must not block and must not throw for anything that a client can send. */
    @FunctionalInterface
    public interface Handler<T> {
        Outcome handle(Caller caller, RoomView room, T message);
    }

    private final String type;
    private final Function<ObjectNode, @Nullable T> read;
    private final Function<T, String> roomId;
    private final Handler<T> handler;

    private MessageType(
            String type, Function<ObjectNode, @Nullable T> read, Function<T, String> roomId, Handler<T> handler) {
        this.type = type;
        this.read = read;
        this.roomId = roomId;
        this.handler = handler;
    }

    /**
     * A message whose reader is its schema.
     *
     * @param read turns {@code data} into a value, or null where it breaks the schema
     * @param roomId the room that it is about, valid by the reader's own check
     */
    public static <T> MessageType<T> of(
            String type, Function<ObjectNode, @Nullable T> read, Function<T, String> roomId, Handler<T> handler) {
        return new MessageType<>(type, read, roomId, handler);
    }

    /**
     * A message checked by a JSON Schema (2020-12), handled as the JSON object that it is.
     *
     * @param schema the schema of {@code data}; compiled once. It must require the field {@code roomId} to be a room's id
     * @throws IllegalArgumentException if the schema is none
     */
    public static MessageType<ObjectNode> checkedBy(String type, String schema, Handler<ObjectNode> handler) {
        JsonSchema compiled = JsonSchema.compile(schema);
        return new MessageType<>(
                type,
                data -> compiled.accepts(data) && RoomIds.valid(data.path("roomId")) ? data : null,
                data -> data.path("roomId").stringValue(),
                handler);
    }

    public String type() {
        return type;
    }

    /** The message in a {@code data} object, bound to its handler; null where it breaks the schema. */
    public @Nullable Bound bind(ObjectNode data) {
        T message = read.apply(data);
        return message == null ? null : new Bound(roomId.apply(message), handler, message);
    }

    /** A message that was read and checked, and waits for its room. */
    public static final class Bound {
        private final String roomId;
        private final Handler<Object> handler;
        private final Object message;

        @SuppressWarnings("unchecked")
        private <T> Bound(String roomId, Handler<T> handler, T message) {
            this.roomId = roomId;
            this.handler = (Handler<Object>) handler;
            this.message = message;
        }

        public String roomId() {
            return roomId;
        }

        /** Room's owner. */
        public Outcome handle(Caller caller, RoomView room) {
            return handler.handle(caller, room, message);
        }
    }
}
