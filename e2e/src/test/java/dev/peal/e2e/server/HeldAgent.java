package dev.peal.e2e.server;

import dev.peal.ot.Delta;
import dev.peal.ot.Document;
import dev.peal.ot.json.DeltaJson;
import dev.peal.ot.json.DeltaRead;
import dev.peal.protocol.JsonWriter;
import dev.peal.testkit.fault.Wire;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Somebody in a document who sees exactly as much of what others did as the test lets in, and so may have many operations of their own that what they see does not have confirmed:
 *
 * <pre>
 *     shown = the server's first operations, as many as were let in ∘ own ones beyond
 * </pre>
 *
 * <p>An operation can be sent only on a revision that has all own ones in it: it is brought there past the others' operations up to that one, and the server brings it past the rest.
 */
final class HeldAgent implements AutoCloseable {
    private static final int SILENCE_MILLIS_MAX = 30_000;

    private record Stored(Delta operation, boolean own) {}

    private final String name;
    private final String documentId;
    private final Wire wire;
    private final JsonMapper json = new JsonMapper();
    /** All that the server said, let in or not. */
    private final List<Stored> received = new ArrayList<>();

    private ArrayDeque<Delta> pending = new ArrayDeque<>();
    private Document shown = Document.EMPTY;
    private int letIn;
    private int othersLetIn;
    private int made;

    HeldAgent(int port, String name, String documentId) throws IOException {
        this.name = name;
        this.documentId = documentId;
        wire = Wire.connect(port, SILENCE_MILLIS_MAX);
        wire.send("{\"type\":\"authenticate\",\"data\":{\"userId\":\"" + name + "\"}}");
        wire.send("{\"type\":\"join_document\",\"id\":\"j\",\"data\":{\"documentId\":\"" + documentId + "\"}}");
        wire.next("document");
    }

    Document shown() {
        return shown;
    }

    /** Lets in so many of the others' operations, from the first on, and no more. */
    void letIn(int others) {
        while (othersLetIn < others) {
            letNextIn();
        }
    }

    /** Lets in all that there is. */
    void letAllIn() {
        while (letIn < received.size()) {
            letNextIn();
        }
    }

    private void letNextIn() {
        Stored next = received.get(letIn++);
        if (next.own()) {
            if (!pending.removeFirst().equals(next.operation())) {
                throw new AssertionError(name + ": the server has another operation at " + letIn);
            }
            return;
        }
        othersLetIn++;
        ArrayDeque<Delta> moved = new ArrayDeque<>();
        shown = shown.apply(pass(next.operation(), pending, moved));
        pending = moved;
    }

    /** Takes an operation of the server's past own ones: what was stored first stands first. */
    private static Delta pass(Delta stored, Iterable<Delta> own, ArrayDeque<Delta> moved) {
        Delta passed = stored;
        for (Delta one : own) {
            moved.add(passed.transform(one, true));
            passed = one.transform(passed, false);
        }
        return passed;
    }

    /** Changes what is shown, and sends that; the server has it when it comes back, see {@link #hear}. */
    void make(Delta change) throws IOException {
        shown = shown.apply(change);
        int newestOwn = letIn;
        for (int i = letIn; i < received.size(); i++) {
            newestOwn = received.get(i).own() ? i + 1 : newestOwn;
        }
        ArrayDeque<Delta> before = new ArrayDeque<>(pending);
        Delta sent = change;
        for (Stored stored : received.subList(letIn, newestOwn)) {
            if (stored.own()) {
                before.removeFirst();
            } else {
                ArrayDeque<Delta> moved = new ArrayDeque<>();
                Delta passed = pass(stored.operation(), before, moved);
                before = moved;
                sent = passed.transform(sent, true);
            }
        }
        pending.add(change);
        wire.send("{\"type\":\"operation\",\"data\":{\"documentId\":\"" + documentId + "\",\"operation\":"
                + DeltaJson.write(new JsonWriter(), sent) + ",\"revision\":" + newestOwn + ",\"clientId\":\"" + name
                + "\",\"seq\":" + ++made + "}}");
    }

    /** Waits until the server has said so many operations. */
    void hear(int operations) throws IOException {
        while (received.size() < operations) {
            JsonNode message = json.readTree(wire.next().orElseThrow());
            switch (message.path("type").asString()) {
                case "operation" -> {
                    JsonNode data = message.get("data");
                    if (!(DeltaJson.read(data.get("operation")) instanceof DeltaRead.Valid valid)
                            || data.get("revision").asInt() != received.size() + 1) {
                        throw new AssertionError(name + " was sent " + message);
                    }
                    received.add(new Stored(
                            valid.delta(), data.path("clientId").asString("").equals(name)));
                }
                case "error" -> throw new AssertionError(name + " was refused: " + message);
                default -> {}
            }
        }
    }

    @Override
    public void close() throws IOException {
        wire.close();
    }
}
