package dev.peal.docs.access;

import dev.peal.app.Caller;
import dev.peal.app.HttpCall;
import dev.peal.app.HttpReply;
import dev.peal.app.HttpRoute;
import dev.peal.docs.Role;
import dev.peal.docs.access.SharedDocument.Change;
import dev.peal.protocol.ClientMessage;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/** What a user asks of a route. Immutable. */
record Question(Caller caller, String userId, HttpCall call) {
    /** The name of the parameter that says which document. */
    private static final String DOCUMENT = "document";

    /** Answers a question. */
    @FunctionalInterface
    interface Operation {
        CompletionStage<HttpReply> answer(Question question);
    }

    /** An operation as a handler: whoever asks has a name, and the document in the path can be one. */
    static HttpRoute.Handler handler(Operation operation) {
        return (caller, call) -> {
            String userId = caller.userId();
            if (userId == null) {
                return HttpReply.problem(
                                401, "not_authenticated", "A user is needed: a token, or Peal-User in open mode.")
                        .now();
            }
            String documentId = call.path().get(DOCUMENT);
            if (documentId != null && !ClientMessage.isRoomId(documentId)) {
                return Refused.UNKNOWN_DOCUMENT.problem().now();
            }
            return operation.answer(new Question(caller, userId, call));
        };
    }

    /** The document in the path. */
    String documentId() {
        return call.parameter(DOCUMENT);
    }

    /** A text in the body. */
    Optional<String> text(String name) {
        JsonNode node = call.body().path(name);
        return node.isString() ? Optional.of(node.stringValue()) : Optional.empty();
    }

    /** The role in the body. */
    Optional<Role> role() {
        return text("role").flatMap(Role::ofWire);
    }

    /** Why the caller may not do with a document what needs a role, if so. Without any role there is no such document. */
    Optional<Refused> refusal(SharedDocument document, Role needed) {
        Optional<Role> role = document.role(caller);
        if (role.isEmpty()) {
            return Optional.of(Refused.UNKNOWN_DOCUMENT);
        }
        return role.get().covers(needed) ? Optional.empty() : Optional.of(Refused.FORBIDDEN);
    }

    /** A change that needs a role; looked at anew each time that it is made. */
    Function<SharedDocument, Change> allowed(Role needed, Function<SharedDocument, Change> change) {
        return document ->
                refusal(document, needed).<Change>map(Change.Not::new).orElseGet(() -> change.apply(document));
    }
}
