package dev.peal.docs;

import dev.peal.app.Caller;
import dev.peal.app.MessageType;
import dev.peal.app.Outcome;
import dev.peal.app.RoomView;
import dev.peal.protocol.ErrorCode;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Message types about documents: what a caller must be to send one is checked here, once. */
public final class DocumentMessages {
    private DocumentMessages() {}

    /** Handles a message when everything that was asked of the document before has happened. */
    @FunctionalInterface
    public interface Handler<T> {
        /**
         * Must not block or throw.
         *
         * @param document as of the newest stored operation
         */
        Outcome handle(Caller caller, OpenDocument document, T message, long timeMillis);
    }

    /**
     * A message from somebody who is in the document.
     *
     * @param needed the role that the caller must have at least; without any the answer is {@code forbidden}, with a lower one {@code read_only}
     * @param read turns {@code data} into a value, or null where it breaks the schema
     * @param documentId which document it is about, valid by the reader's own check
     */
    public static <T> MessageType<T> of(
            String type,
            Role needed,
            Function<ObjectNode, @Nullable T> read,
            Function<T, String> documentId,
            Handler<T> handler) {
        return MessageType.of(
                type,
                read,
                documentId,
                (caller, room, message) -> new Outcome.InTurn(() -> refusal(caller, room, needed)
                        .orElseGet(() -> handler.handle(
                                caller, room.resident(DocumentRoom.class), message, room.timeMillis()))));
    }

    /** Why a caller may not do what needs a role, if so. */
    static Optional<Outcome> refusal(Caller caller, RoomView room, Role needed) {
        if (!room.member()) {
            return Optional.of(Outcome.refuse(ErrorCode.NOT_A_MEMBER));
        }
        DocumentRoom document = room.resident(DocumentRoom.class);
        if (document.broken()) {
            return Optional.of(Outcome.refuse(ErrorCode.UNAVAILABLE));
        }
        Optional<Role> role = document.registered().role(caller);
        if (role.isEmpty()) {
            return Optional.of(Outcome.refuse(ErrorCode.FORBIDDEN));
        }
        return role.get().covers(needed) ? Optional.empty() : Optional.of(Outcome.refuse(ErrorCode.READ_ONLY));
    }
}
