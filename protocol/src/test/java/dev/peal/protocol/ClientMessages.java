package dev.peal.protocol;

import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The hand-written reader of each client message, by type. */
final class ClientMessages {
    static final Map<String, Function<ObjectNode, ? extends @Nullable Record>> READERS = Map.ofEntries(
            Map.entry("authenticate", ClientMessage.Authenticate::read),
            Map.entry("join_room", ClientMessage.JoinRoom::read),
            Map.entry("leave_room", ClientMessage.LeaveRoom::read),
            Map.entry("chat", ClientMessage.Chat::read),
            Map.entry("message", ClientMessage.Message::read),
            Map.entry("typing", ClientMessage.Typing::read),
            Map.entry("ping", ClientMessage.Ping::read),
            Map.entry("presence", ClientMessage.Presence::read),
            Map.entry("history", ClientMessage.History::read),
            Map.entry("search", ClientMessage.Search::read),
            Map.entry("read", ClientMessage.Read::read),
            Map.entry("notifications", ClientMessage.Notifications::read),
            Map.entry("join_document", DocumentMessage.JoinDocument::read),
            Map.entry("leave_document", DocumentMessage.LeaveDocument::read),
            Map.entry("operation", DocumentMessage.Operation::read),
            Map.entry("cursor_position", DocumentMessage.CursorPosition::read),
            Map.entry("document_at", DocumentMessage.DocumentAt::read),
            Map.entry("restore", DocumentMessage.Restore::read),
            Map.entry("authorship", DocumentMessage.Authorship::read),
            Map.entry("history_of", DocumentMessage.HistoryOf::read),
            Map.entry("comments", CommentMessage.All::read),
            Map.entry("comment", data -> (Record) CommentMessage.read(data)),
            Map.entry("versions", VersionMessage.All::read),
            Map.entry("version", VersionMessage.Name::read));

    private ClientMessages() {}

    /** The message, or null where the frame or its data breaks a rule. */
    static @Nullable Record read(Parsed parsed) {
        return parsed instanceof Parsed.Envelope envelope && READERS.containsKey(envelope.type())
                ? READERS.get(envelope.type()).apply(envelope.data())
                : null;
    }
}
