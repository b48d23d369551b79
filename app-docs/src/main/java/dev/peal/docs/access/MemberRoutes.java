package dev.peal.docs.access;

import dev.peal.app.HttpReply;
import dev.peal.app.HttpRoute;
import dev.peal.auth.UserIds;
import dev.peal.docs.Role;
import dev.peal.docs.access.SharedDocument.Change;
import dev.peal.protocol.JsonWriter;
import dev.peal.time.Owner;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Who may do what with a document. Thread-safe. */
final class MemberRoutes {
    private static final String ACCESS = DocumentRoutes.ONE + "/access";
    private static final String USER = "user";

    private final AccessStores stores;

    MemberRoutes(AccessStores stores) {
        this.stores = stores;
    }

    List<HttpRoute> all() {
        String one = ACCESS + "/{" + USER + "}";
        return List.of(
                HttpRoute.get(ACCESS, Question.handler(this::list)),
                HttpRoute.put(one, Question.handler(this::grant)),
                HttpRoute.delete(one, Question.handler(this::remove)));
    }

    private CompletionStage<HttpReply> list(Question question) {
        String documentId = question.documentId();
        CompletableFuture<HttpReply> answer = new CompletableFuture<>();
        stores.documents()
                .read(
                        documentId,
                        stores.owner(documentId),
                        Replies.read(
                                answer,
                                document -> answer.complete(question.refusal(document, Role.OWNER)
                                        .<HttpReply>map(Refused::problem)
                                        .orElseGet(() -> list(document)))));
        return answer;
    }

    private static HttpReply list(SharedDocument document) {
        JsonWriter json = new JsonWriter(1_024).object().array("members");
        for (Member member : document.members().values()) {
            json.object()
                    .field("userId", member.userId())
                    .field("userName", member.userName())
                    .field("role", document.role(member).wire());
            if (member.linkId() != null) {
                json.field("linkId", member.linkId());
            }
            json.end();
        }
        json.end().array("links");
        for (ShareLink link : document.links()) {
            json.object()
                    .field("linkId", link.linkId())
                    .field("role", link.role().wire())
                    .field("createdAt", link.createdAtMillis())
                    .end();
        }
        return HttpReply.json(json.end().end());
    }

    private CompletionStage<HttpReply> grant(Question question) {
        String user = question.call().parameter(USER);
        Optional<Role> role = question.role();
        if (!UserIds.valid(user)) {
            return badUser();
        }
        if (role.isEmpty()) {
            return Replies.badRole("owner, editor, commenter, reader");
        }
        String documentId = question.documentId();
        Owner owner = stores.owner(documentId);
        CompletableFuture<HttpReply> answer = new CompletableFuture<>();
        Function<SharedDocument, Change> grant =
                question.allowed(Role.OWNER, document -> document.grant(user, role.get()));
        Runnable store = () -> stores.documents()
                .change(
                        documentId,
                        owner,
                        grant,
                        Replies.written(
                                answer,
                                document -> HttpReply.json(new JsonWriter(96)
                                        .object()
                                        .field("userId", user)
                                        .field("role", role.get().wire())
                                        .end())));
        // Whoever may not do this puts nothing on another user's list.
        stores.documents().read(documentId, owner, Replies.read(answer, document -> {
            switch (grant.apply(document)) {
                case Change.Not not -> answer.complete(not.why().problem());
                case Change.To to -> stores.lists().add(user, documentId, owner, Replies.listed(answer, store));
            }
        }));
        return answer;
    }

    /** An owner sends somebody away, or somebody leaves. */
    private CompletionStage<HttpReply> remove(Question question) {
        String user = question.call().parameter(USER);
        if (!UserIds.valid(user)) {
            return badUser();
        }
        String documentId = question.documentId();
        Owner owner = stores.owner(documentId);
        Role needed = user.equals(question.userId()) ? Role.READER : Role.OWNER;
        CompletableFuture<HttpReply> answer = new CompletableFuture<>();
        stores.documents()
                .change(
                        documentId,
                        owner,
                        question.allowed(needed, document -> document.remove(user)),
                        Replies.written(answer, document -> {
                            stores.lists().remove(user, documentId, owner);
                            return new HttpReply.Done();
                        }));
        return answer;
    }

    private static CompletionStage<HttpReply> badUser() {
        return Replies.bad("bad_user", "A user is 1 to " + UserIds.CODE_POINTS_MAX + " printable characters.");
    }
}
