package dev.peal.docs.access;

import dev.peal.app.HttpReply;
import dev.peal.docs.Role;
import dev.peal.docs.access.SharedDocuments.Read;
import dev.peal.docs.access.SharedDocuments.Written;
import dev.peal.protocol.JsonWriter;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;

/** What several routes say. Pure. */
final class Replies {
    private Replies() {}

    static CompletionStage<HttpReply> bad(String code, String detail) {
        return HttpReply.problem(400, code, detail).now();
    }

    static CompletionStage<HttpReply> badRole(String roles) {
        return bad("bad_role", "role wants one of " + roles + ".");
    }

    /** What became of a change. */
    static Consumer<Written> written(CompletableFuture<HttpReply> answer, Function<SharedDocument, HttpReply> done) {
        return written -> answer.complete(
                switch (written) {
                    case Written.Done changed -> done.apply(changed.document());
                    case Written.Not not -> not.why().problem();
                });
    }

    /** Goes on with what was read. */
    static Consumer<Read> read(CompletableFuture<HttpReply> answer, Consumer<SharedDocument> found) {
        return read -> {
            switch (read) {
                case Read.Found known -> found.accept(known.document());
                case Read.Absent absent -> answer.complete(Refused.UNKNOWN_DOCUMENT.problem());
                case Read.Failed failed -> answer.complete(Refused.BUSY.problem());
            }
        };
    }

    /** Goes on where a list has taken a document. */
    static Consumer<Boolean> listed(CompletableFuture<HttpReply> answer, Runnable then) {
        return listed -> {
            if (listed) {
                then.run();
            } else {
                answer.complete(Refused.BUSY.problem());
            }
        };
    }

    /** Which document, what it is called, what the caller may do. Leaves the object open. */
    static JsonWriter summary(JsonWriter json, SharedDocument document, Role role) {
        return json.object()
                .field("documentId", document.documentId())
                .field("title", document.title())
                .field("role", role.wire());
    }
}
