package dev.peal.docs;

import dev.peal.docs.client.DocumentClient;
import dev.peal.ot.Delta;
import dev.peal.ot.Document;
import dev.peal.testkit.SessionRig;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A client of a document on a server without sockets. */
final class Editor {
    private final String user;
    private final DocumentClient document;
    private SessionRig rig;
    private SessionRig.@Nullable Client client;

    Editor(SessionRig rig, String user, String clientId, String documentId) {
        this.rig = rig;
        this.user = user;
        this.document = new DocumentClient(clientId, documentId);
    }

    Document content() {
        return document.content();
    }

    long revision() {
        return document.revision();
    }

    int reloads() {
        return document.reloads();
    }

    boolean connected() {
        return document.connected();
    }

    void connect(int loop) {
        SessionRig.Client opened =
                rig.open(loop, "/docs").send("{\"type\":\"authenticate\",\"data\":{\"token\":\"" + user + "\"}}");
        client = opened;
        document.connected(opened::send);
    }

    /** What the server sent and was not read is lost. */
    void breaks() {
        SessionRig.Client broken = client;
        client = null;
        document.disconnected();
        if (broken != null) {
            broken.breaks();
        }
    }

    /** The server is another one now. */
    void moves(SessionRig other) {
        breaks();
        rig = other;
    }

    void edit(Delta change) {
        document.edit(change);
    }

    /** Reads all that came. */
    void read() {
        SessionRig.Client from = client;
        if (from != null) {
            for (JsonNode frame : Docs.frames(from)) {
                document.receive(frame);
            }
        }
    }

    /** Brings a group to rest: all is sent, and all have seen all. */
    static void settle(List<Editor> editors) {
        for (int turn = 0; turn < 1_000; turn++) {
            editors.forEach(Editor::read);
            long newest = editors.stream().mapToLong(Editor::revision).max().orElse(0);
            if (editors.stream().allMatch(editor -> editor.document.settled() && editor.revision() == newest)) {
                return;
            }
        }
        throw new AssertionError("the editors do not come to rest");
    }
}
