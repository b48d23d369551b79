package dev.peal.docs;

import static dev.peal.docs.Docs.*;

import dev.peal.app.Caller;
import dev.peal.app.HttpReply;
import dev.peal.auth.Identity;
import dev.peal.auth.RoomGlobs;
import dev.peal.docs.access.DocumentAccess;
import dev.peal.docs.comments.Comments;
import dev.peal.docs.versions.Versions;
import dev.peal.hub.HubConfig;
import dev.peal.hub.Who;
import dev.peal.limit.AddressKey;
import dev.peal.limit.Limit;
import dev.peal.log.Retention;
import dev.peal.session.SessionConfig;
import dev.peal.testkit.SessionRig;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import tools.jackson.databind.JsonNode;

/** A server of documents with roles, comments and versions, and what is asked of its routes. */
final class Shared {
    /** Operations between two snapshots. */
    static final int EVERY = 10;

    private final SessionRig.Kept kept;
    private DocsApp app;
    private SessionRig rig;
    private int asked;

    Shared() {
        this(SessionRig.Kept.inMemory(Retention.ALL));
    }

    Shared(SessionRig.Kept kept) {
        this.kept = kept;
        this.app = app();
        this.rig = Docs.rig(app, kept);
    }

    private static DocsApp app() {
        return DocsApp.builder()
                .config(DocsConfig.DEFAULT.withSnapshots(EVERY, 0))
                .records(new DocumentAccess(false))
                .companions(new Comments())
                .companions(new Versions())
                .executor(Runnable::run)
                .build();
    }

    SessionRig rig() {
        return rig;
    }

    /** Another process on what this one left; whoever was connected is gone. */
    void restart() {
        rig.settle();
        app = app();
        rig = new SessionRig(List.of(app), 2, SessionConfig.DEFAULT, HubConfig.DEFAULT, Limit.UNLIMITED, kept);
    }

    static Caller caller(String user) {
        String name = user.toUpperCase(Locale.ROOT);
        return new Caller(
                new Who(user, user, name), new Identity(user, name, false, Identity.NEVER, 0, RoomGlobs.ALL, null));
    }

    /** Asks a route, and lets nothing happen. */
    CompletableFuture<HttpReply> begin(String user, String request, String body) {
        return RouteCalls.call(app.routes(), caller(user), new AddressKey(++asked), request, body);
    }

    /** Asks a route, and lets everything happen that follows: {@code 404 unknown_document}, or {@code 200}. */
    String ask(String user, String request, String body) {
        return brief(reply(user, request, body));
    }

    HttpReply reply(String user, String request, String body) {
        CompletableFuture<HttpReply> reply = begin(user, request, body);
        rig.settle();
        return reply.getNow(new HttpReply.Problem(599, "no_answer", "", 0));
    }

    static String brief(HttpReply reply) {
        return switch (reply) {
            case HttpReply.Json json -> "200";
            case HttpReply.Done done -> "204";
            case HttpReply.Problem problem -> problem.status() + " " + problem.code();
        };
    }

    static JsonNode json(HttpReply reply) {
        return JSON.readTree(((HttpReply.Json) reply).json());
    }

    String grant(String owner, String document, String user, String role) {
        return ask(owner, "PUT /api/docs/" + document + "/access/" + user, "{\"role\":\"" + role + "\"}");
    }

    /** {@code "action":"reply","replyId":"r"} about a comment. */
    static String comment(String id, String document, String commentId, String fields) {
        return Docs.ask("comment", id, document, "\"commentId\":\"" + commentId + "\"," + fields);
    }

    static String add(String id, String document, String commentId, int index, int length, long revision, String text) {
        String range = "\"range\":{\"index\":" + index + ",\"length\":" + length + "},\"revision\":" + revision;
        return comment(id, document, commentId, "\"action\":\"add\"," + range + ",\"text\":\"" + text + "\"");
    }

    /** All comments of a document, as somebody sees them. */
    static JsonNode comments(SessionRig.Client client, String document) {
        client.take();
        return one(frames(client.send(Docs.ask("comments", "all", document, ""))), "comments")
                .at("/data");
    }
}
