package dev.peal.server.api;

import dev.peal.auth.ApiScope;
import dev.peal.auth.Revocation;
import dev.peal.protocol.CloseReason;
import dev.peal.protocol.JsonWriter;
import dev.peal.session.ConnectionFilter;
import dev.peal.session.ConnectionInfo;
import dev.peal.session.Sessions;
import dev.peal.transport.http.Refusal;
import dev.peal.transport.http.Response;
import dev.peal.transport.http.Routes;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Users: notifying them, seeing their connections, sending them away. Thread-safe. */
final class UserRoutes {
    private final Sessions sessions;
    private final StoredRevocations revocations;
    private final Once once;

    UserRoutes(Sessions sessions, StoredRevocations revocations, Once once) {
        this.sessions = sessions;
        this.revocations = revocations;
        this.once = once;
    }

    void addTo(Routes.Builder routes, Guard guard) {
        String users = ServerApi.PREFIX + "/users/{user}";
        routes.post(users + "/notifications", guard.pathRoute(ApiScope.NOTIFY, Set.of(), this::notify));
        routes.post(ServerApi.PREFIX + "/broadcast", guard.route(ApiScope.NOTIFY, Set.of(), this::broadcast));
        routes.get(
                ServerApi.PREFIX + "/connections",
                guard.route(ApiScope.ADMIN, Set.of("user", "after", "limit"), this::connections));
        routes.post(users + "/disconnect", guard.pathRoute(ApiScope.ADMIN, Set.of(), this::disconnect));
        routes.post(users + "/revoke", guard.pathRoute(ApiScope.ADMIN, Set.of(), this::revoke));
    }

    private CompletionStage<Response> notify(Call call) throws Refusal {
        String user = call.userId();
        Body body = call.body(Set.of("data"));
        byte[] data = new JsonWriter().value(body.object("data")).bytes();
        CompletableFuture<Response> answer = new CompletableFuture<>();
        sessions.notifications()
                .notify(
                        user,
                        data,
                        call.sender(),
                        call.idempotencyKey().orElse(null),
                        call.fingerprint(body),
                        appended -> answer.complete(Answers.appended(appended, json -> json.field("userId", user))));
        return answer;
    }

    private CompletionStage<Response> broadcast(Call call) throws Refusal {
        Body body = call.body(Set.of("data"));
        byte[] data = new JsonWriter().value(body.object("data")).bytes();
        CompletableFuture<Response> answer = new CompletableFuture<>();
        sessions.notifications()
                .broadcast(
                        data,
                        call.sender(),
                        call.idempotencyKey().orElse(null),
                        call.fingerprint(body),
                        appended -> answer.complete(Answers.appended(appended, json -> {})));
        return answer;
    }

    private CompletionStage<Response> connections(Call call) throws Refusal {
        Optional<String> user = call.query().text("user");
        if (user.isPresent()) {
            Call.validUser(user.get());
        }
        long after = call.query().offset("after").orElse(0L);
        int limit = call.query().limit();
        return sessions.connections(new ConnectionFilter(user, after, limit + 1))
                .thenApply(found -> connections(found, limit));
    }

    private static Response connections(List<ConnectionInfo> found, int limit) {
        boolean more = found.size() > limit;
        JsonWriter json = new JsonWriter(4096).object().array("connections");
        for (ConnectionInfo connection : more ? found.subList(0, limit) : found) {
            json.object()
                    .field("id", connection.id())
                    .field("userId", connection.userId())
                    .field("userName", connection.userName())
                    .field("address", connection.address())
                    .field("transport", connection.transport())
                    .field("path", connection.path())
                    .field("joinedAt", connection.openedMillis())
                    .field("lastActivityAt", connection.heardMillis())
                    .field("waitingBytes", connection.waitingBytes())
                    .array("rooms");
            connection
                    .rooms()
                    .forEach(room -> RoomRoutes.about(json.object(), room).end());
            json.end().end();
        }
        json.end();
        if (more) {
            json.field("next", Long.toString(found.get(limit - 1).id()));
        }
        return Answers.ok(json.end());
    }

    private CompletionStage<Response> disconnect(Call call) throws Refusal {
        String user = call.userId();
        Body body = call.body(Set.of("reconnect"));
        CloseReason reason = body.flag("reconnect", true) ? CloseReason.GOING_AWAY : CloseReason.FORBIDDEN;
        return once.run(
                call,
                body,
                at -> sessions.disconnect(user, reason)
                        .thenApply(closed -> Optional.of(new JsonWriter()
                                .object()
                                .field("userId", user)
                                .field("connections", closed)
                                .end()
                                .bytes())));
    }

    private CompletionStage<Response> revoke(Call call) throws Refusal {
        String user = call.userId();
        Body body = call.body(Set.of());
        return once.run(
                call,
                body,
                at -> revocations
                        .revoke(new Revocation.OfUser(user, at))
                        .thenApply(stored -> stored
                                ? Optional.of(new JsonWriter()
                                        .object()
                                        .field("userId", user)
                                        .field("notAfter", at)
                                        .end()
                                        .bytes())
                                : Optional.empty()));
    }
}
