package dev.peal.docs.access;

import dev.peal.app.AppContext;
import dev.peal.app.Caller;
import dev.peal.app.HttpReply;
import dev.peal.app.HttpRoute;
import dev.peal.auth.Identity;
import dev.peal.auth.RoomGlobs;
import dev.peal.docs.DocumentRecord;
import dev.peal.docs.DocumentRecords;
import dev.peal.docs.OpenDocuments;
import dev.peal.docs.RouteCalls;
import dev.peal.hub.Who;
import dev.peal.limit.AddressKey;
import dev.peal.log.Appended;
import dev.peal.log.LogRead;
import dev.peal.log.ReadRequest;
import dev.peal.log.RoomKey;
import dev.peal.store.Store;
import dev.peal.testkit.ManualClock;
import dev.peal.testkit.ManualOwner;
import dev.peal.time.Clock;
import dev.peal.time.Owner;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Documents' records with their routes over a store, on one owner that a test cranks. */
final class Routes implements OpenDocuments {
    static final JsonMapper JSON = JsonMapper.shared();

    final ManualClock clock;
    final ManualOwner owner;
    final DocumentAccess access;
    final List<HttpRoute> routes;

    /** What open documents were told: {@code type data}. */
    final List<String> told = new ArrayList<>();

    /** The record that an open document judges by. */
    final Map<String, DocumentRecord> judged = new HashMap<>();

    private AddressKey address = new AddressKey(1);

    /** A route's answer. */
    record Answer(int status, JsonNode body) {
        /** {@code 404 unknown_document}, or {@code 200}. */
        String brief() {
            return status < 300
                    ? Integer.toString(status)
                    : status + " " + body.path("code").asString();
        }

        String text(String pointer) {
            return body.at(pointer).asString("");
        }
    }

    Routes(Store store, boolean open) {
        this(store, open, new ManualClock());
    }

    private Routes(Store store, boolean open, ManualClock clock) {
        this(store, open, clock, new ManualOwner(clock));
    }

    private Routes(Store store, boolean open, ManualClock clock, ManualOwner owner) {
        this.clock = clock;
        this.owner = owner;
        this.access = new DocumentAccess(open);
        access.start(new Context(store), this);
        this.routes = access.routes();
    }

    /** Another server on a store, with the time and the owner of this one. */
    Routes another(Store store) {
        return new Routes(store, false, clock, owner);
    }

    DocumentRecord judged(String documentId) {
        return Objects.requireNonNull(judged.get(documentId));
    }

    @Override
    public void changed(String documentId, DocumentRecord record) {
        judged.put(documentId, record);
        told.add("changed " + documentId);
    }

    @Override
    public void signal(String documentId, String type, byte[] data) {
        told.add(type + " " + new String(data, java.nio.charset.StandardCharsets.UTF_8));
    }

    @Override
    public void deleting(String documentId, Owner on, Consumer<Boolean> done) {
        told.add("deleting " + documentId);
        on.execute(() -> done.accept(true));
    }

    @Override
    public void deleted(String documentId) {
        told.add("deleted " + documentId);
    }

    /** Requests come from there from now on. */
    void from(long bits) {
        address = new AddressKey(bits);
    }

    static Caller user(String userId) {
        return user(userId, RoomGlobs.ALL);
    }

    static Caller user(String userId, RoomGlobs rooms) {
        String name = userId.toUpperCase(java.util.Locale.ROOT);
        return new Caller(
                new Who(userId, userId, name), new Identity(userId, name, false, Identity.NEVER, 0, rooms, null));
    }

    static Caller nobody() {
        return new Caller(new Who("~", null, null), null);
    }

    Answer ask(String user, String request) {
        return ask(user(user), request, "{}");
    }

    Answer ask(String user, String request, String body) {
        return ask(user(user), request, body);
    }

    /** @param request {@code PUT /api/docs/x/access/bob} */
    Answer ask(Caller caller, String request, String body) {
        CompletableFuture<HttpReply> reply = begin(caller, request, body);
        owner.runUntil(request, reply::isDone);
        return answer(reply.join());
    }

    /** Asks, and cranks nothing. */
    CompletableFuture<HttpReply> begin(Caller caller, String request, String body) {
        return RouteCalls.call(routes, caller, address, request, body);
    }

    static Answer answer(HttpReply reply) {
        return switch (reply) {
            case HttpReply.Json json -> new Answer(200, JSON.readTree(json.json()));
            case HttpReply.Done done -> new Answer(204, JSON.createObjectNode());
            case HttpReply.Problem problem ->
                new Answer(
                        problem.status(),
                        JSON.createObjectNode()
                                .put("code", problem.code())
                                .put("detail", problem.detail())
                                .put("retryAfter", problem.retryAfterMillis()));
        };
    }

    /** Makes a document. */
    String create(String user, String title) {
        Answer answer = ask(
                user,
                "POST /api/docs",
                JSON.createObjectNode().put("title", title).toString());
        if (answer.status() != 200) {
            throw new AssertionError(answer.toString());
        }
        return answer.text("/documentId");
    }

    Answer grant(String owner, String document, String user, String role) {
        return ask(owner, "PUT /api/docs/" + document + "/access/" + user, "{\"role\":\"" + role + "\"}");
    }

    Answer link(String owner, String document, String role) {
        return ask(owner, "POST /api/docs/" + document + "/links", "{\"role\":\"" + role + "\"}");
    }

    Answer redeem(String user, String secret) {
        return ask(
                user,
                "POST /api/docs/redeem",
                JSON.createObjectNode().put("secret", secret).toString());
    }

    /** {@code a:owner b:reader}: a user's documents by title. */
    List<String> list(String user) {
        return inOrder(user).stream().sorted().toList();
    }

    /** The same as it is listed. */
    List<String> inOrder(String user) {
        Answer answer = ask(user, "GET /api/docs");
        if (answer.status() != 200) {
            throw new AssertionError(answer.toString());
        }
        return answer.body()
                .path("documents")
                .valueStream()
                .map(document -> document.path("title").asString() + ":"
                        + document.path("role").asString())
                .toList();
    }

    /** What an opened document judges by. */
    DocumentRecords.Found load(String document) {
        CompletableFuture<DocumentRecords.Found> found = new CompletableFuture<>();
        owner.run(() -> access.load(document, owner, found::complete));
        owner.runUntil("a record", found::isDone);
        return found.join();
    }

    /** What a caller may do, {@code none} for nothing. */
    String role(String document, Caller caller) {
        return load(document) instanceof DocumentRecords.Found.Known known
                ? known.record().role(caller).map(role -> role.wire()).orElse("none")
                : "unknown";
    }

    private final class Context implements AppContext {
        private final Store store;

        Context(Store store) {
            this.store = store;
        }

        @Override
        public void publish(RoomKey room, String type, byte[] data, String sender, Consumer<Appended> done) {
            throw new AssertionError("nothing is published");
        }

        @Override
        public void signal(RoomKey room, String type, byte[] data) {
            throw new AssertionError("only open documents are told");
        }

        @Override
        public void review(RoomKey room) {
            throw new AssertionError("an open document reviews itself");
        }

        @Override
        public void read(ReadRequest request, Owner reader, Consumer<LogRead> done) {
            throw new AssertionError("nothing is read");
        }

        @Override
        public void trim(RoomKey room, long before) {
            throw new AssertionError("nothing is trimmed");
        }

        @Override
        public Store store() {
            return store;
        }

        @Override
        public Owner owner(RoomKey room) {
            return owner;
        }

        @Override
        public Clock clock() {
            return clock;
        }
    }
}
