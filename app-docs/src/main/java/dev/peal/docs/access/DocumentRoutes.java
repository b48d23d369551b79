package dev.peal.docs.access;

import dev.peal.app.HttpReply;
import dev.peal.app.HttpRoute;
import dev.peal.auth.RandomIds;
import dev.peal.docs.Role;
import dev.peal.protocol.JsonWriter;
import dev.peal.time.Owner;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** My documents: listed, made, named, deleted. Thread-safe. */
final class DocumentRoutes {
    static final String ALL = "/api/docs";
    static final String ONE = ALL + "/{document}";

    private static final int LIMIT_MAX = 100;
    private static final int LIMIT_USUAL = 50;

    private final AccessStores stores;

    DocumentRoutes(AccessStores stores) {
        this.stores = stores;
    }

    List<HttpRoute> all() {
        return List.of(
                HttpRoute.get(ALL, Question.handler(this::list)),
                HttpRoute.post(ALL, Question.handler(this::create)),
                HttpRoute.patch(ONE, Question.handler(this::rename)),
                HttpRoute.delete(ONE, Question.handler(this::delete)));
    }

    private CompletionStage<HttpReply> list(Question question) {
        String limit = question.call().query().getOrDefault("limit", Integer.toString(LIMIT_USUAL));
        int wanted = limit.matches("[0-9]{1,3}") ? Integer.parseInt(limit) : 0;
        String after = question.call().query().getOrDefault("after", "");
        Optional<Place> place = after.isEmpty() ? Optional.of(Place.TOP) : Place.read(after);
        if (wanted < 1 || wanted > LIMIT_MAX) {
            return Replies.bad("bad_limit", "limit wants a whole number from 1 to " + LIMIT_MAX + ".");
        }
        if (place.isEmpty()) {
            return Replies.bad("bad_after", "after wants the next of another page.");
        }
        Owner owner = stores.ownerOfList(question.userId());
        CompletableFuture<HttpReply> answer = new CompletableFuture<>();
        stores.lists().page(question.userId(), place.get(), wanted, owner, page -> {
            if (page.isEmpty()) {
                answer.complete(Refused.BUSY.problem());
            } else {
                new Listing(stores, question, page.get(), owner, answer).begin();
            }
        });
        return answer;
    }

    private CompletionStage<HttpReply> create(Question question) {
        Optional<String> title = question.text("title").flatMap(Titles::of);
        if (title.isEmpty()) {
            return badTitle();
        }
        String documentId = RandomIds.next();
        if (!question.caller().mayEnter(documentId)) {
            return Refused.FORBIDDEN.problem().now();
        }
        SharedDocument made = DocumentAccess.made(
                documentId, title.get(), question.caller(), stores.clock().millis(), stores.open());
        Owner owner = stores.owner(documentId);
        CompletableFuture<HttpReply> answer = new CompletableFuture<>();
        Runnable store = () -> stores.documents()
                .create(
                        made,
                        owner,
                        Replies.read(
                                answer,
                                found -> answer.complete(
                                        HttpReply.json(Replies.summary(new JsonWriter(192), found, Role.OWNER)
                                                .end()))));
        stores.lists().add(question.userId(), documentId, owner, Replies.listed(answer, store));
        return answer;
    }

    private CompletionStage<HttpReply> rename(Question question) {
        Optional<String> title = question.text("title").flatMap(Titles::of);
        if (title.isEmpty()) {
            return badTitle();
        }
        String documentId = question.documentId();
        CompletableFuture<HttpReply> answer = new CompletableFuture<>();
        stores.documents()
                .change(
                        documentId,
                        stores.owner(documentId),
                        question.allowed(Role.EDITOR, document -> document.rename(title.get())),
                        Replies.written(
                                answer,
                                document -> HttpReply.json(new JsonWriter(192)
                                        .object()
                                        .field("documentId", documentId)
                                        .field("title", document.title())
                                        .end())));
        return answer;
    }

    private CompletionStage<HttpReply> delete(Question question) {
        String documentId = question.documentId();
        Owner owner = stores.owner(documentId);
        CompletableFuture<HttpReply> answer = new CompletableFuture<>();
        // Its links' rows are known by the record alone, which is gone afterwards.
        stores.documents()
                .read(
                        documentId,
                        owner,
                        Replies.read(
                                answer,
                                before -> question.refusal(before, Role.OWNER)
                                        .ifPresentOrElse(
                                                why -> answer.complete(why.problem()),
                                                () -> stores.opened()
                                                        .deleting(
                                                                documentId,
                                                                owner,
                                                                Replies.listed(
                                                                        answer,
                                                                        () -> delete(question, before, answer))))));
        return answer;
    }

    private void delete(Question question, SharedDocument before, CompletableFuture<HttpReply> answer) {
        String documentId = before.documentId();
        Owner owner = stores.owner(documentId);
        stores.documents()
                .change(
                        documentId,
                        owner,
                        question.allowed(Role.OWNER, SharedDocument::delete),
                        Replies.written(answer, gone -> {
                            before.links().forEach(link -> stores.links().remove(link.digest(), owner));
                            stores.activity().forget(documentId, owner);
                            stores.lists().remove(question.userId(), documentId, owner);
                            return new HttpReply.Done();
                        }));
    }

    private static CompletionStage<HttpReply> badTitle() {
        return Replies.bad("bad_title", "title wants one line of 1 to " + Titles.LENGTH_MAX + " printable characters.");
    }
}
