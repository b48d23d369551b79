package dev.peal.server.request;

import dev.peal.transport.http.Refusal;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Reads the JSON object in a request's body as strictly as a client's message. Pure. */
public final class JsonBody {
    /** Leaves room for what a message is wrapped into on its way to clients. */
    private static final int NESTING_MAX = 48;

    private static final int NUMBER_LENGTH_MAX = 100;
    private static final int TOKENS_MAX = 100_000;

    private static final JsonMapper STRICT = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(NESTING_MAX)
                            .maxNumberLength(NUMBER_LENGTH_MAX)
                            .maxTokenCount(TOKENS_MAX)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private JsonBody() {}

    /** The object; an empty one for an empty body. */
    public static ObjectNode object(byte[] bytes) throws Refusal {
        JsonNode node;
        try {
            node = bytes.length == 0 ? STRICT.createObjectNode() : STRICT.readTree(bytes);
        } catch (JacksonException e) {
            throw Refusal.bad("bad_json", "The body is no JSON, or nested too deep.");
        }
        if (node instanceof ObjectNode root) {
            return root;
        }
        throw Refusal.bad("bad_json", "The body must be a JSON object.");
    }
}
