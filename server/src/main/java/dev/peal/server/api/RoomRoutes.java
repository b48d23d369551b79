package dev.peal.server.api;

import dev.peal.app.App;
import dev.peal.app.Apps;
import dev.peal.auth.ApiScope;
import dev.peal.hub.Hub;
import dev.peal.hub.Present;
import dev.peal.hub.Room;
import dev.peal.hub.RoomSummary;
import dev.peal.log.Draft;
import dev.peal.log.Feed;
import dev.peal.log.RoomKey;
import dev.peal.protocol.JsonWriter;
import dev.peal.time.Clock;
import dev.peal.transport.http.Refusal;
import dev.peal.transport.http.Response;
import dev.peal.transport.http.Routes;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;

/** Rooms: those that somebody is in, who is in one, and what is said to one. Only rooms of an application; no user's or server's own log. Thread-safe. */
final class RoomRoutes {
    /** What the server itself says; a published entry cannot pass as one of these. */
    static final Set<String> SERVER_TYPES = Set.of(
            "ack",
            "authenticated",
            "authorship",
            "close",
            "comment",
            "comments",
            "cursor_position",
            "document",
            "document_at",
            "document_deleted",
            "document_renamed",
            "error",
            "history",
            "history_of",
            "joined",
            "notification",
            "notification_read",
            "notifications",
            "operation",
            "pong",
            "presence",
            "presence_count",
            "reconnect",
            "removed",
            "role_changed",
            "search",
            "search_results",
            "skipped",
            "token_expiring",
            "typing",
            "user_joined",
            "user_left",
            "version",
            "versions");

    private static final Pattern TYPE = Pattern.compile("[a-z][a-z0-9_]{0,63}");
    private static final String USUAL_KIND = "chat";
    private static final String USUAL_TYPE = "message";

    private final Apps apps;
    private final Hub hub;
    private final Clock clock;
    private final RoomHistory history;

    RoomRoutes(Apps apps, Hub hub, RoomHistory history, Clock clock) {
        this.apps = apps;
        this.hub = hub;
        this.history = history;
        this.clock = clock;
    }

    void addTo(Routes.Builder routes, Guard guard) {
        String rooms = ServerApi.PREFIX + "/rooms";
        routes.get(rooms, guard.route(ApiScope.READ, Set.of("kind", "after", "limit"), this::list));
        routes.get(
                rooms + "/{room}/members",
                guard.pathRoute(ApiScope.READ, Set.of("kind", "after", "limit"), this::members));
        String messages = rooms + "/{room}/messages";
        routes.get(
                messages, guard.pathRoute(ApiScope.READ, Set.of("kind", "before", "after", "limit"), this::messages));
        routes.post(messages, guard.pathRoute(ApiScope.PUBLISH, Set.of("kind"), this::publish));
    }

    private App app(Call call) throws Refusal {
        return apps.ofKind(call.query().text("kind").orElse(USUAL_KIND))
                .orElseThrow(() -> Refusal.of(404, "unknown_kind", "No application has rooms of that kind."));
    }

    private RoomKey room(Call call) throws Refusal {
        return new RoomKey(app(call).kind().kind(), call.roomId());
    }

    private CompletionStage<Response> list(Call call) throws Refusal {
        String kind = app(call).kind().kind();
        int limit = call.query().limit();
        return hub.rooms(kind, call.query().text("after").orElse(""), limit + 1)
                .thenApply(found -> list(kind, found, limit));
    }

    private static Response list(String kind, List<RoomSummary> found, int limit) {
        boolean more = found.size() > limit;
        JsonWriter json = new JsonWriter().object().field("kind", kind).array("rooms");
        for (RoomSummary room : more ? found.subList(0, limit) : found) {
            json.object()
                    .field("roomId", room.key().id())
                    .field("users", room.users())
                    .field("epoch", room.epoch())
                    .field("newest", room.newest())
                    .end();
        }
        json.end();
        if (more) {
            json.field("next", found.get(limit - 1).key().id());
        }
        return Answers.ok(json.end());
    }

    private CompletionStage<Response> members(Call call) throws Refusal {
        RoomKey key = room(call);
        Optional<String> after = call.query().text("after");
        int limit = call.query().limit();
        CompletableFuture<Response> answer = new CompletableFuture<>();
        hub.with(key, room -> answer.complete(members(room, room.people(after.orElse(null), limit + 1), limit)));
        return answer;
    }

    private static Response members(Room room, List<Present> found, int limit) {
        boolean more = found.size() > limit;
        JsonWriter json = about(new JsonWriter().object(), room.key())
                .field("total", room.users())
                .array("members");
        for (Present present : more ? found.subList(0, limit) : found) {
            json.object()
                    .field("userId", present.who().userId())
                    .field("userName", present.who().userName())
                    .field("connections", present.connections())
                    .end();
        }
        json.end();
        if (more) {
            json.field("next", found.get(limit - 1).who().key());
        }
        return Answers.ok(json.end());
    }

    private CompletionStage<Response> messages(Call call) throws Refusal {
        Optional<Long> before = call.query().offset("before");
        Optional<Long> after = call.query().offset("after");
        if (before.isPresent() && after.isPresent()) {
            throw Refusal.bad("bad_before", "A page lies either before an offset or after one.");
        }
        return history.read(room(call), before, after, call.query().limit());
    }

    private CompletionStage<Response> publish(Call call) throws Refusal {
        App app = app(call);
        RoomKey key = room(call);
        Body body = call.body(Set.of("type", "data"));
        String type = body.text("type").orElse(USUAL_TYPE);
        if (!TYPE.matcher(type).matches() || SERVER_TYPES.contains(type)) {
            throw Refusal.bad(
                    "bad_type", "type is 1 to 64 of a-z 0-9 _, begins with a letter, and is none of the server's own.");
        }
        long now = clock.millis();
        byte[] data = app.publish(key, type, body.object("data"), now)
                .orElseThrow(() -> Refusal.bad("bad_data", "Rooms of this kind do not take this type with this data."));
        Draft draft =
                new Draft(type, call.sender(), call.idempotencyKey().orElse(null), call.fingerprint(body), now, data);
        CompletableFuture<Response> answer = new CompletableFuture<>();
        hub.with(
                key,
                room -> room.append(
                        draft,
                        Feed.ANY,
                        null,
                        null,
                        appended -> answer.complete(Answers.appended(appended, json -> about(json, key)))));
        return answer;
    }

    static JsonWriter about(JsonWriter json, RoomKey key) {
        return json.field("kind", key.kind()).field("roomId", key.id());
    }
}
