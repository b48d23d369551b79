package dev.peal.docs;

import dev.peal.app.App;
import dev.peal.hub.HubConfig;
import dev.peal.limit.Limit;
import dev.peal.log.Entry;
import dev.peal.log.LogRead;
import dev.peal.log.ReadRequest;
import dev.peal.log.Retention;
import dev.peal.log.RoomKey;
import dev.peal.ot.Delta;
import dev.peal.ot.Document;
import dev.peal.ot.json.DeltaJson;
import dev.peal.ot.json.DeltaRead;
import dev.peal.protocol.JsonWriter;
import dev.peal.session.SessionConfig;
import dev.peal.testkit.ManualOwner;
import dev.peal.testkit.SessionRig;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A server of documents without sockets, the frames that tests send to it, and how they look at what comes. */
final class Docs {
    static final JsonMapper JSON = new JsonMapper();

    private Docs() {}

    /** Documents that everybody edits, whose snapshots are made at once. */
    static DocsApp app(DocsConfig config) {
        return DocsApp.builder().config(config).executor(Runnable::run).build();
    }

    static DocsApp app() {
        return app(DocsConfig.DEFAULT.withSnapshots(500, 0));
    }

    static SessionRig rig(App app) {
        return rig(app, SessionRig.Kept.inMemory(Retention.ALL));
    }

    /** A server on what another one left. */
    static SessionRig rig(App app, SessionRig.Kept kept) {
        return new SessionRig(List.of(app), 2, SessionConfig.DEFAULT, HubConfig.DEFAULT, Limit.UNLIMITED, kept);
    }

    /** A server in open mode: nobody has to say who they are. */
    static SessionRig openRig(App app) {
        SessionConfig usual = SessionConfig.DEFAULT;
        SessionConfig open = new SessionConfig(
                false,
                usual.authenticationTimeoutMillis(),
                usual.pingIntervalMillis(),
                usual.pingTimeoutMillis(),
                usual.outboxBytesMax(),
                usual.outboxStallMillis(),
                usual.readPauseBytes(),
                usual.heldMessagesMax(),
                usual.roomsMax(),
                usual.expiryNoticeMillis(),
                usual.expiryLeewayMillis(),
                usual.replayEntriesMax(),
                usual.replayBytesMax(),
                usual.grace());
        return new SessionRig(List.of(app), 2, open);
    }

    /** Somebody who has authenticated, with nothing left to read. */
    static SessionRig.Client signedIn(SessionRig rig, int loop, String user) {
        SessionRig.Client client =
                rig.open(loop, "/docs").send("{\"type\":\"authenticate\",\"data\":{\"token\":\"" + user + "\"}}");
        client.take();
        return client;
    }

    /** Somebody who is in a document, with nothing left to read. */
    static SessionRig.Client joined(SessionRig rig, int loop, String user, String document) {
        SessionRig.Client client = signedIn(rig, loop, user).send(join(document));
        client.take();
        return client;
    }

    static String join(String document) {
        return "{\"type\":\"join_document\",\"data\":{\"documentId\":\"" + document + "\"}}";
    }

    static String joinAsking(String id, String document) {
        return "{\"type\":\"join_document\",\"id\":\"" + id + "\",\"data\":{\"documentId\":\"" + document + "\"}}";
    }

    static String joinSince(String document, String epoch, long revision, String clientId) {
        return "{\"type\":\"join_document\",\"id\":\"j\",\"data\":{\"documentId\":\"" + document
                + "\",\"since\":{\"epoch\":\"" + epoch + "\",\"revision\":" + revision + "},\"clientId\":\"" + clientId
                + "\"}}";
    }

    static String leave(String document) {
        return "{\"type\":\"leave_document\",\"id\":\"l\",\"data\":{\"documentId\":\"" + document + "\"}}";
    }

    /** As a client sends it that knows only the base. */
    static String operation(String document, long revision, String ops) {
        return "{\"type\":\"operation\",\"data\":{\"documentId\":\"" + document + "\",\"operation\":{\"ops\":" + ops
                + "},\"revision\":" + revision + "}}";
    }

    static String operationAsking(String id, String document, long revision, String ops) {
        return operation(document, revision, ops)
                .replace("\"operation\",\"data\"", "\"operation\",\"id\":\"" + id + "\",\"data\"");
    }

    static String operationOnce(String id, String document, long revision, String ops, String clientId, long seq) {
        return operationAsking(id, document, revision, ops)
                .replace("\"revision\":", "\"clientId\":\"" + clientId + "\",\"seq\":" + seq + ",\"revision\":");
    }

    /** A request about a document, with more fields than its id: {@code "revision":3}. */
    static String ask(String type, String id, String document, String fields) {
        String more = fields.isEmpty() ? "" : "," + fields;
        return "{\"type\":\"" + type + "\",\"id\":\"" + id + "\",\"data\":{\"documentId\":\"" + document + "\"" + more
                + "}}";
    }

    static String ops(Delta delta) {
        String json = DeltaJson.write(new JsonWriter(), delta).toString();
        return json.substring("{\"ops\":".length(), json.length() - 1);
    }

    static Delta delta(JsonNode json) {
        if (DeltaJson.read(json) instanceof DeltaRead.Valid valid) {
            return valid.delta();
        }
        throw new AssertionError("no delta: " + json);
    }

    static Document document(JsonNode content) {
        return Document.of(delta(content));
    }

    static List<JsonNode> frames(SessionRig.Client client) {
        List<JsonNode> frames = new ArrayList<>();
        client.take().forEach(frame -> frames.add(JSON.readTree(frame)));
        return frames;
    }

    /** What came of a type. */
    static List<JsonNode> of(List<JsonNode> frames, String type) {
        return frames.stream()
                .filter(frame -> frame.path("type").asString().equals(type))
                .toList();
    }

    static List<String> types(List<JsonNode> frames) {
        return frames.stream().map(frame -> frame.path("type").asString()).toList();
    }

    /** The one frame of a type. */
    static JsonNode one(List<JsonNode> frames, String type) {
        List<JsonNode> found = of(frames, type);
        if (found.size() != 1) {
            throw new AssertionError("not one " + type + ": " + frames);
        }
        return found.get(0);
    }

    /** The only error's code. */
    static String error(SessionRig.Client client) {
        return one(frames(client), "error").at("/data/code").asString();
    }

    /** What a newcomer sees. */
    static Document content(SessionRig rig, String document) {
        return content(rig, document, "visitor");
    }

    static Document content(SessionRig rig, String document, String user) {
        SessionRig.Client visitor = signedIn(rig, 0, user).send(join(document));
        Document content = document(one(frames(visitor), "document").at("/data/content"));
        visitor.leaves();
        rig.settle();
        return content;
    }

    /** The entries that a document's log holds. */
    static List<Entry> entries(SessionRig rig, String document) {
        ManualOwner owner = new ManualOwner(rig.clock());
        List<Entry> entries = new ArrayList<>();
        ReadRequest all = new ReadRequest(
                new RoomKey(DocsApp.KIND, document),
                null,
                ReadRequest.Direction.BEFORE,
                Long.MAX_VALUE,
                Integer.MAX_VALUE,
                Integer.MAX_VALUE);
        rig.log().read(all, owner, read -> entries.addAll(((LogRead.Complete) read).entries()));
        owner.runUntil("the log is read", () -> owner.queued() == 0);
        return entries;
    }

    /** What all operations of a log come to, applied by somebody who knows nothing else. */
    static Document replayed(SessionRig rig, String document) {
        Document content = Document.EMPTY;
        for (Entry entry : entries(rig, document)) {
            JsonNode data = JSON.readTree(new String(entry.data(), StandardCharsets.UTF_8));
            content = content.apply(delta(data.path("operation")));
        }
        return content;
    }
}
