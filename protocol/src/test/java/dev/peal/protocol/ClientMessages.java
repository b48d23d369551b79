package dev.peal.protocol;

import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The hand-written reader of each client message, by type. */
final class ClientMessages {
    static final Map<String, Function<ObjectNode, @Nullable ClientMessage>> READERS = Map.of(
            "authenticate", ClientMessage.Authenticate::read,
            "join_room", ClientMessage.JoinRoom::read,
            "leave_room", ClientMessage.LeaveRoom::read,
            "chat", ClientMessage.Chat::read,
            "message", ClientMessage.Message::read,
            "typing", ClientMessage.Typing::read,
            "ping", ClientMessage.Ping::read,
            "presence", ClientMessage.Presence::read,
            "history", ClientMessage.History::read,
            "search", ClientMessage.Search::read);

    private ClientMessages() {}

    /** The message, or null where the frame or its data breaks a rule. */
    static @Nullable ClientMessage read(Parsed parsed) {
        return parsed instanceof Parsed.Envelope envelope && READERS.containsKey(envelope.type())
                ? READERS.get(envelope.type()).apply(envelope.data())
                : null;
    }
}
