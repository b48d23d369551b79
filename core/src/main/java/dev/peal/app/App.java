package dev.peal.app;

import dev.peal.hub.Residents;
import dev.peal.hub.RoomKind;
import dev.peal.log.RoomKey;
import dev.peal.protocol.JsonWriter;
import dev.peal.search.EntryText;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** An application: a kind of rooms and the messages that clients may send about them. */
public interface App {
    /** The kind of its rooms; no other application has the same. */
    RoomKind kind();

    /** The WebSocket path on which its messages can be sent, besides {@code /}, on which those of every application can. */
    String path();

    /** Whether its messages are taken from WebSockets alone, and not over plain HTTP. Asked once, before the server opens its port. */
    default boolean webSocketOnly() {
        return false;
    }

    /** The messages that it understands. Asked once, before the server opens its port. */
    List<MessageType<?>> messages();

    /** Whether a caller may enter, and so read, a room. Called on the room's owner; the token's own list of rooms was asked before. */
    default boolean admits(Caller caller, RoomKey room) {
        return true;
    }

    /** Whether a caller may still be in a room, where {@link AppContext#review} asks. Called on the connection's loop: must be thread-safe, and must not block. */
    default boolean mayStay(Caller caller, RoomKey room) {
        return true;
    }

    /** Whether a caller may enter, and so read, a room: by its token, and by {@link #admits}. Called on the room's owner. */
    default boolean mayEnter(Caller caller, RoomKey room) {
        return caller.mayEnter(room.id()) && admits(caller, room);
    }

    /**
     * What the server's own program may put into a room, over the server API: the entry's {@code data} for what it sent. Called on any thread; pure. Without a rule
     * of the application's own, every object is taken and the room's id is put into it.
     *
     * @param type wire type of the entry; none of the server's own
     * @param data what was sent; not to be changed
     * @return UTF-8 JSON; nothing where the type is none of this application's, or the data breaks its rule
     */
    default Optional<byte[]> publish(RoomKey room, String type, ObjectNode data, long timeMillis) {
        ObjectNode complete = data.deepCopy().put(kind().idField(), room.id());
        return Optional.of(new JsonWriter().value(complete).bytes());
    }

    /** What it answers over HTTP besides. Asked once, after {@link #start}, before the server opens its port. */
    default List<HttpRoute> routes() {
        return List.of();
    }

    /** What it does over HTTP for programs that have an API key. Asked once, after {@link #start}, before the server opens its port. */
    default List<ProgramRoute> programRoutes() {
        return List.of();
    }

    /** What can be searched in its entries; empty: they cannot be. Asked once, before the server opens its port. */
    default Optional<EntryText> searchText() {
        return Optional.empty();
    }

    /**
     * Whether the entries of its rooms mean nothing without those before them: then none is taken from their logs, whatever the retention, but what it gives up
     * itself ({@link AppContext#trim}). Asked once, before the server opens its port.
     */
    default boolean keepsLogs() {
        return false;
    }

    /** What it keeps in memory about each open room; empty: nothing. Asked once, before the server opens its port. */
    default Optional<Residents> residents() {
        return Optional.empty();
    }

    /** Gives the application its means to act by itself. Called once, before the server opens its port. */
    default void start(AppContext context) {}
}
