package dev.peal.docs.client;

import dev.peal.ot.Delta;
import dev.peal.ot.Document;
import dev.peal.ot.json.DeltaJson;
import dev.peal.ot.json.DeltaRead;
import dev.peal.protocol.JsonWriter;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A client as an SDK is one: what is typed is there at once; one operation is on its way, what is typed meanwhile waits in one composed buffer; after a lost
 * connection it comes back with its revision and sends the operation on its way again, not knowing whether it had arrived. Confined to one thread, or guarded by its
 * user.
 */
public final class DocumentClient {
    private final String clientId;
    private final String documentId;
    private @Nullable Consumer<String> connection;
    private Document content = Document.EMPTY;
    private String epoch = "";
    private long revision;
    private @Nullable Delta inFlight;
    private @Nullable Delta buffer;
    private long seq;
    private long acknowledged;
    private boolean live;
    private int reloads;

    public DocumentClient(String clientId, String documentId) {
        this.clientId = clientId;
        this.documentId = documentId;
    }

    /** As its user sees it. */
    public Document content() {
        return content;
    }

    /** The newest revision that it was told of. */
    public long revision() {
        return revision;
    }

    /** Operations of its own that the server has stored. */
    public long acknowledged() {
        return acknowledged;
    }

    /** How often it loaded the whole content. */
    public int reloads() {
        return reloads;
    }

    /** Whether it is connected and everything typed is stored. */
    public boolean settled() {
        return live && inFlight == null && buffer == null;
    }

    public boolean connected() {
        return connection != null;
    }

    /** A connection that has authenticated: joins, and sends again what is on its way. */
    public void connected(Consumer<String> send) {
        connection = send;
        if (epoch.isEmpty()) {
            send.accept("{\"type\":\"join_document\",\"id\":\"j\",\"data\":{\"documentId\":\"" + documentId
                    + "\",\"clientId\":\"" + clientId + "\"}}");
            return;
        }
        send.accept("{\"type\":\"join_document\",\"id\":\"j\",\"data\":{\"documentId\":\"" + documentId
                + "\",\"since\":{\"epoch\":\"" + epoch + "\",\"revision\":" + revision + "},\"clientId\":\"" + clientId
                + "\"}}");
        transmit();
    }

    public void disconnected() {
        connection = null;
        live = false;
    }

    /** Types. */
    public void edit(Delta change) {
        content = content.apply(change);
        Delta waiting = buffer;
        buffer = waiting == null ? change : waiting.compose(change);
        proceed();
    }

    /** Takes what the server says; throws {@link AssertionError} where it may not say that. */
    public void receive(JsonNode frame) {
        JsonNode data = frame.path("data");
        switch (frame.path("type").asString()) {
            case "document" -> document(data);
            case "operation" -> operation(data);
            case "error" -> refused(frame);
            default -> {}
        }
        proceed();
    }

    private void document(JsonNode data) {
        if (!data.path("recovered").booleanValue(false)) {
            if (inFlight != null || buffer != null) {
                throw new AssertionError(clientId + " lost what it typed: " + data);
            }
            content = Document.of(delta(data.path("content")));
            revision = data.path("revision").longValue();
            reloads++;
        }
        epoch = data.path("epoch").asString();
        live = true;
    }

    private void refused(JsonNode frame) {
        if (!frame.at("/data/retry").booleanValue(false)) {
            throw new AssertionError(clientId + " was refused: " + frame);
        }
        if (frame.path("id").asString("").equals("o" + seq)) {
            transmit();
        }
    }

    private void operation(JsonNode data) {
        long of = data.path("revision").longValue();
        if (of <= revision) {
            return;
        }
        if (of != revision + 1) {
            throw new AssertionError(clientId + " is at " + revision + " and was sent " + of);
        }
        revision = of;
        boolean own = clientId.equals(data.path("clientId").asString(""));
        Delta mine = inFlight;
        if (own && mine != null && data.path("seq").longValue() == seq) {
            inFlight = null;
            acknowledged++;
            return;
        }
        Delta theirs = delta(data.path("operation"));
        if (mine != null) {
            inFlight = theirs.transform(mine, true);
            theirs = mine.transform(theirs, false);
        }
        Delta typed = buffer;
        if (typed != null) {
            buffer = theirs.transform(typed, true);
            theirs = typed.transform(theirs, false);
        }
        content = content.apply(theirs);
    }

    private void proceed() {
        Delta waiting = buffer;
        if (live && inFlight == null && waiting != null) {
            inFlight = waiting;
            buffer = null;
            seq++;
            transmit();
        }
    }

    private void transmit() {
        Consumer<String> to = connection;
        Delta operation = inFlight;
        if (to != null && operation != null) {
            to.accept("{\"type\":\"operation\",\"id\":\"o" + seq + "\",\"data\":{\"documentId\":\"" + documentId
                    + "\",\"operation\":" + DeltaJson.write(new JsonWriter(), operation) + ",\"revision\":" + revision
                    + ",\"clientId\":\"" + clientId + "\",\"seq\":" + seq + "}}");
        }
    }

    private static Delta delta(JsonNode json) {
        if (DeltaJson.read(json) instanceof DeltaRead.Valid valid) {
            return valid.delta();
        }
        throw new AssertionError("no delta: " + json);
    }
}
