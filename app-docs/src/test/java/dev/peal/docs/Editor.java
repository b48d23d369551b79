package dev.peal.docs;

import dev.peal.ot.Delta;
import dev.peal.ot.Document;
import dev.peal.testkit.SessionRig;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A client as an SDK is one: what is typed is there at once; one operation is on its way, what is typed meanwhile waits in one composed buffer; after a lost
 * connection it comes back with its revision and sends the operation on its way again, not knowing whether it had arrived.
 */
final class Editor {
    private final String user;
    private final String clientId;
    private final String documentId;
    private SessionRig rig;
    private SessionRig.@Nullable Client client;
    private Document content = Document.EMPTY;
    private String epoch = "";
    private long revision;
    private @Nullable Delta inFlight;
    private @Nullable Delta buffer;
    private long seq;
    private boolean live;
    private int reloads;

    Editor(SessionRig rig, String user, String clientId, String documentId) {
        this.rig = rig;
        this.user = user;
        this.clientId = clientId;
        this.documentId = documentId;
    }

    Document content() {
        return content;
    }

    long revision() {
        return revision;
    }

    /** How often it had to give up what it had and load anew. */
    int reloads() {
        return reloads;
    }

    boolean settled() {
        return live && inFlight == null && buffer == null;
    }

    boolean connected() {
        return client != null;
    }

    void connect(int loop) {
        SessionRig.Client opened =
                rig.open(loop, "/docs").send("{\"type\":\"authenticate\",\"data\":{\"token\":\"" + user + "\"}}");
        client = opened;
        opened.send(
                epoch.isEmpty()
                        ? Docs.joinAsking("j", documentId)
                        : Docs.joinSince(documentId, epoch, revision, clientId));
        if (!epoch.isEmpty() && inFlight != null) {
            transmit(inFlight);
        }
    }

    /** What the server sent and was not read is lost. */
    void breaks() {
        SessionRig.Client broken = client;
        if (broken != null) {
            broken.breaks();
        }
        client = null;
        live = false;
    }

    /** The server is another one now. */
    void moves(SessionRig other) {
        breaks();
        rig = other;
    }

    void edit(Delta change) {
        content = content.apply(change);
        Delta waiting = buffer;
        buffer = waiting == null ? change : waiting.compose(change);
        send();
    }

    /** Reads all that came. */
    void read() {
        SessionRig.Client from = client;
        if (from == null) {
            return;
        }
        for (JsonNode frame : Docs.frames(from)) {
            take(frame);
        }
        send();
    }

    private void take(JsonNode frame) {
        JsonNode data = frame.path("data");
        switch (frame.path("type").asString()) {
            case "document" -> document(data);
            case "operation" -> operation(data);
            case "error" -> throw new AssertionError(user + " was refused: " + frame);
            default -> {}
        }
    }

    private void document(JsonNode data) {
        if (!data.path("recovered").booleanValue(false)) {
            if (inFlight != null || buffer != null) {
                throw new AssertionError(user + " lost what it typed: " + data);
            }
            content = Docs.document(data.path("content"));
            revision = data.path("revision").longValue();
            reloads++;
        }
        epoch = data.path("epoch").asString();
        live = true;
    }

    private void operation(JsonNode data) {
        long of = data.path("revision").longValue();
        if (of <= revision) {
            return;
        }
        if (of != revision + 1) {
            throw new AssertionError(user + " is at " + revision + " and was sent " + of);
        }
        revision = of;
        if (clientId.equals(data.path("clientId").asString(""))
                && inFlight != null
                && data.path("seq").longValue() == seq) {
            inFlight = null;
            return;
        }
        Delta theirs = Docs.delta(data.path("operation"));
        Delta mine = inFlight;
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

    private void send() {
        Delta waiting = buffer;
        if (!live || inFlight != null || waiting == null) {
            return;
        }
        inFlight = waiting;
        buffer = null;
        seq++;
        transmit(waiting);
    }

    private void transmit(Delta operation) {
        SessionRig.Client to = client;
        if (to != null) {
            to.send(Docs.operationOnce("o" + seq, documentId, revision, Docs.ops(operation), clientId, seq));
        }
    }

    /** Brings a group to rest. */
    static void settle(List<Editor> editors) {
        for (int turn = 0; turn < 1_000; turn++) {
            editors.forEach(Editor::read);
            if (editors.stream().allMatch(Editor::settled)) {
                editors.forEach(Editor::read);
                return;
            }
        }
        throw new AssertionError("the editors do not come to rest");
    }
}
