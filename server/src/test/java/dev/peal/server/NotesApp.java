package dev.peal.server;

import dev.peal.app.App;
import dev.peal.app.AppContext;
import dev.peal.app.Caller;
import dev.peal.app.HttpCall;
import dev.peal.app.HttpReply;
import dev.peal.app.HttpRoute;
import dev.peal.app.MessageType;
import dev.peal.app.ProgramRoute;
import dev.peal.auth.ApiScope;
import dev.peal.hub.RoomKind;
import dev.peal.log.RoomKey;
import dev.peal.protocol.JsonWriter;
import dev.peal.store.Store;
import dev.peal.store.StoreKey;
import dev.peal.store.StoreRead;
import dev.peal.store.StoreWrite;
import dev.peal.time.Owner;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A small application with routes of its own: each user's notes, kept in its store. */
final class NotesApp implements App {
    private static final String TABLE = "notes";
    private static final String NOTE = "/api/notes/{note}";

    private @Nullable AppContext started;

    @Override
    public RoomKind kind() {
        return RoomKind.people("notes");
    }

    @Override
    public String path() {
        return "/notes";
    }

    @Override
    public List<MessageType<?>> messages() {
        return List.of();
    }

    @Override
    public List<HttpRoute> routes() {
        return List.of(
                HttpRoute.get("/api/notes", this::caller),
                HttpRoute.get(NOTE, this::read),
                HttpRoute.put(NOTE, this::write),
                HttpRoute.patch(NOTE, this::write),
                HttpRoute.delete("/api/notes/{other}", this::delete),
                HttpRoute.post("/api/notes/fail", (caller, call) -> {
                    throw new IllegalStateException("a bug");
                }),
                HttpRoute.get(
                        "/api/notes/late/failure",
                        (caller, call) -> CompletableFuture.failedStage(new IllegalStateException("another bug"))));
    }

    @Override
    public List<ProgramRoute> programRoutes() {
        return List.of(new ProgramRoute("/api/v1/notes/import", ApiScope.PUBLISH, call -> switch (call.body().length) {
            case 0 ->
                new HttpReply.Problem(409, "no_notes", "There are none.", 0, Map.of("expected", 7L, "at", 3L)).now();
            case 1 -> throw new IllegalStateException("a bug");
            default ->
                HttpReply.json(new JsonWriter()
                                .object()
                                .field("keyId", call.keyId())
                                .field("body", new String(call.body(), StandardCharsets.UTF_8))
                                .end())
                        .now();
        }));
    }

    @Override
    public void start(AppContext means) {
        started = means;
    }

    /** Says what the handler was told. */
    private CompletionStage<HttpReply> caller(Caller caller, HttpCall call) {
        return HttpReply.json(new JsonWriter()
                        .object()
                        .field("userId", caller.userId())
                        .field("userName", caller.userName())
                        .field("proven", caller.identity() != null)
                        .field("query", call.query().toString())
                        .field("address", call.address().toString())
                        .end())
                .now();
    }

    private CompletionStage<HttpReply> read(Caller caller, HttpCall call) {
        CompletableFuture<HttpReply> reply = new CompletableFuture<>();
        context().store().get(key(caller, call), owner(), read -> {
            boolean found = read instanceof StoreRead.Rows rows && rows.first().isPresent();
            reply.complete(
                    found
                            ? new HttpReply.Json(
                                    ((StoreRead.Rows) read).first().get().value())
                            : HttpReply.problem(404, "unknown_note", "There is no note \"so\" \\ called."));
        });
        return reply;
    }

    private CompletionStage<HttpReply> write(Caller caller, HttpCall call) {
        byte[] note = call.body().toString().getBytes(StandardCharsets.UTF_8);
        CompletableFuture<HttpReply> reply = new CompletableFuture<>();
        context()
                .store()
                .put(
                        key(caller, call),
                        note,
                        Store.ANY,
                        owner(),
                        written -> reply.complete(
                                written instanceof StoreWrite.Done
                                        ? new HttpReply.Json(note)
                                        : new HttpReply.Problem(503, "unavailable", "Not now.", 1_500)));
        return reply;
    }

    private CompletionStage<HttpReply> delete(Caller caller, HttpCall call) {
        CompletableFuture<HttpReply> reply = new CompletableFuture<>();
        StoreKey key = new StoreKey(TABLE, caller.userId() + "/" + call.parameter("other"));
        context().store().delete(key, Store.ANY, owner(), written -> reply.complete(new HttpReply.Done()));
        return reply;
    }

    private AppContext context() {
        AppContext means = started;
        if (means == null) {
            throw new IllegalStateException("not started");
        }
        return means;
    }

    private static StoreKey key(Caller caller, HttpCall call) {
        return new StoreKey(TABLE, caller.userId() + "/" + call.parameter("note"));
    }

    private Owner owner() {
        return context().owner(new RoomKey("notes", "any"));
    }
}
