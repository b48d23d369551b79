package dev.peal.docs.access;

import dev.peal.app.HttpReply;
import dev.peal.app.HttpRoute;
import dev.peal.auth.RandomIds;
import dev.peal.docs.Role;
import dev.peal.docs.access.SharedDocument.Change;
import dev.peal.limit.AddressLimit;
import dev.peal.limit.Limit;
import dev.peal.protocol.JsonWriter;
import dev.peal.time.Clock;
import dev.peal.time.Owner;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Links that give a role. Thread-safe.
 *
 * <p>A secret comes in a body and goes out in one answer, once. An address that sends wrong ones is told to slow down; a right one from the same address is taken
 * all the same, since guessing 256 bits is hopeless at any speed and the limit is there against noise.
 */
final class LinkRoutes {
    private static final Limit WRONG_SECRETS = Limit.of(30, Duration.ofMinutes(1));
    private static final String LINKS = DocumentRoutes.ONE + "/links";
    private static final String LINK = "link";

    private final AccessStores stores;
    private final AddressLimit wrongSecrets;

    LinkRoutes(AccessStores stores, Clock clock) {
        this.stores = stores;
        this.wrongSecrets = new AddressLimit(WRONG_SECRETS, clock);
    }

    List<HttpRoute> all() {
        return List.of(
                HttpRoute.post(LINKS, Question.handler(this::create)),
                HttpRoute.delete(LINKS + "/{" + LINK + "}", Question.handler(this::revoke)),
                HttpRoute.post(DocumentRoutes.ALL + "/redeem", Question.handler(this::redeem)));
    }

    private CompletionStage<HttpReply> create(Question question) {
        Optional<Role> role = question.role().filter(wanted -> wanted != Role.OWNER);
        if (role.isEmpty()) {
            return Replies.badRole("editor, commenter, reader");
        }
        String documentId = question.documentId();
        Owner owner = stores.owner(documentId);
        String secret = LinkSecret.next();
        ShareLink link = new ShareLink(
                RandomIds.next(),
                role.get(),
                LinkSecret.digest(secret),
                stores.clock().millis());
        CompletableFuture<HttpReply> answer = new CompletableFuture<>();
        Function<SharedDocument, Change> add = question.allowed(Role.OWNER, document -> document.addLink(link));
        Runnable store = () -> stores.documents()
                .change(documentId, owner, add, Replies.written(answer, document -> made(link, secret)));
        stores.documents().read(documentId, owner, Replies.read(answer, document -> {
            switch (add.apply(document)) {
                case Change.Not not -> answer.complete(not.why().problem());
                case Change.To to ->
                    stores.links()
                            .add(
                                    link.digest(),
                                    new Links.Target.To(documentId, link.linkId()),
                                    owner,
                                    Replies.listed(answer, store));
            }
        }));
        return answer;
    }

    private static HttpReply made(ShareLink link, String secret) {
        return HttpReply.json(new JsonWriter(160)
                .object()
                .field("linkId", link.linkId())
                .field("role", link.role().wire())
                .field("secret", secret)
                .field("createdAt", link.createdAtMillis())
                .end());
    }

    private CompletionStage<HttpReply> revoke(Question question) {
        String documentId = question.documentId();
        String linkId = question.call().parameter(LINK);
        Owner owner = stores.owner(documentId);
        CompletableFuture<HttpReply> answer = new CompletableFuture<>();
        stores.documents()
                .read(
                        documentId,
                        owner,
                        Replies.read(
                                answer,
                                before -> stores.documents()
                                        .change(
                                                documentId,
                                                owner,
                                                question.allowed(Role.OWNER, document -> document.removeLink(linkId)),
                                                Replies.written(answer, after -> {
                                                    before.link(linkId)
                                                            .ifPresent(link -> stores.links()
                                                                    .remove(link.digest(), owner));
                                                    before.members().keySet().stream()
                                                            .filter(user -> !after.members()
                                                                    .containsKey(user))
                                                            .forEach(user -> stores.lists()
                                                                    .remove(user, documentId, owner));
                                                    return new HttpReply.Done();
                                                }))));
        return answer;
    }

    private CompletionStage<HttpReply> redeem(Question question) {
        Optional<String> digest = question.text("secret").flatMap(LinkSecret::digestOf);
        if (digest.isEmpty()) {
            return wrong(question).now();
        }
        CompletableFuture<HttpReply> answer = new CompletableFuture<>();
        stores.links().find(digest.get(), stores.ownerOfList(question.userId()), target -> {
            switch (target) {
                case Links.Target.To to -> redeem(question, digest.get(), to, answer);
                case Links.Target.Nowhere nowhere -> answer.complete(wrong(question));
                case Links.Target.Failed failed -> answer.complete(Refused.BUSY.problem());
            }
        });
        return answer;
    }

    private void redeem(Question question, String digest, Links.Target.To to, CompletableFuture<HttpReply> answer) {
        String documentId = to.documentId();
        Owner owner = stores.owner(documentId);
        Function<SharedDocument, Change> enter = document -> document.link(to.linkId())
                .filter(link ->
                        link.digest().equals(digest) && question.caller().mayEnter(documentId))
                .map(link -> document.redeem(
                        link, question.userId(), question.caller().userName()))
                .orElseGet(() -> new Change.Not(Refused.UNKNOWN_LINK));
        Runnable store = () -> stores.documents()
                .change(documentId, owner, enter, Replies.written(answer, document -> entered(question, document)));
        stores.documents().read(documentId, owner, Replies.read(answer, document -> {
            switch (enter.apply(document)) {
                case Change.Not not -> answer.complete(not.why().problem());
                case Change.To entered ->
                    stores.lists().add(question.userId(), documentId, owner, Replies.listed(answer, store));
            }
        }));
    }

    private static HttpReply entered(Question question, SharedDocument document) {
        Role role = document.role(question.caller()).orElseThrow();
        return HttpReply.json(
                Replies.summary(new JsonWriter(192), document, role).end());
    }

    private HttpReply wrong(Question question) {
        long waitMillis = wrongSecrets.tryTake(question.call().address());
        return waitMillis == 0
                ? Refused.UNKNOWN_LINK.problem()
                : new HttpReply.Problem(429, "rate_limited", "Too many wrong links from this address.", waitMillis);
    }
}
