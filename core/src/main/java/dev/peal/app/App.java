package dev.peal.app;

import dev.peal.hub.RoomKind;
import dev.peal.log.RoomKey;
import dev.peal.search.EntryText;
import java.util.List;
import java.util.Optional;

/** An application: a kind of rooms and the messages that clients may send about them. */
public interface App {
    /** The kind of its rooms; no other application has the same. */
    RoomKind kind();

    /** The WebSocket path on which its messages can be sent, besides {@code /}, on which those of every application can. */
    String path();

    /** The messages that it understands. Asked once, before the server opens its port. */
    List<MessageType<?>> messages();

    /** Whether a caller may enter, and so read, a room. Called on the room's owner; the token's own list of rooms was asked before. */
    default boolean admits(Caller caller, RoomKey room) {
        return true;
    }

    /** What can be searched in its entries; empty: they cannot be. Asked once, before the server opens its port. */
    default Optional<EntryText> searchText() {
        return Optional.empty();
    }

    /** Gives the application its means to act by itself. Called once, before the server opens its port. */
    default void start(AppContext context) {}
}
