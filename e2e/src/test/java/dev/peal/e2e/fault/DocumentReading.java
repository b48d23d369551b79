package dev.peal.e2e.fault;

import dev.peal.docs.client.DocumentClient;
import dev.peal.ot.Document;
import dev.peal.testkit.fault.Wire;
import java.io.IOException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A document as the server has it, read by somebody who knows nothing of it: whole, and operation by operation. */
public final class DocumentReading {
    private static final int SILENCE_MILLIS_MAX = 30_000;

    private final int port;
    private final String documentId;
    private final JsonMapper json = new JsonMapper();

    public DocumentReading(int port, String documentId) {
        this.port = port;
        this.documentId = documentId;
    }

    /** What the server shows to who comes new. */
    public Document content() throws IOException {
        DocumentClient client = new DocumentClient("reader", documentId);
        client.receive(whole());
        return client.content();
    }

    /** Its newest revision. */
    public long revision() throws IOException {
        return whole().at("/data/revision").longValue();
    }

    /** The document as all of its operations make it, one by one, up to a revision. */
    public Document replayed(long newest) throws IOException {
        String epoch = whole().at("/data/epoch").asString();
        DocumentClient client = new DocumentClient("replay", documentId);
        try (Wire wire = Wire.connect(port, SILENCE_MILLIS_MAX)) {
            wire.send("{\"type\":\"join_document\",\"id\":\"j\",\"data\":{\"documentId\":\"" + documentId
                    + "\",\"since\":{\"epoch\":\"" + epoch + "\",\"revision\":0}}}");
            while (client.revision() < newest) {
                client.receive(json.readTree(wire.next().orElseThrow()));
            }
            if (client.reloads() > 0) {
                throw new AssertionError("the operations were not to be had one by one");
            }
        }
        return client.content();
    }

    private JsonNode whole() throws IOException {
        try (Wire wire = Wire.connect(port, SILENCE_MILLIS_MAX)) {
            wire.send("{\"type\":\"join_document\",\"id\":\"j\",\"data\":{\"documentId\":\"" + documentId + "\"}}");
            return json.readTree(wire.next().orElseThrow());
        }
    }
}
