package dev.peal.client.json;

import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads and writes JSON, strictly and within limits. Thread-safe. */
public final class Json {
    /** A message of a server has this many bytes at most: a page of 200 entries of 1,000 characters is below a quarter of it. */
    public static final int BYTES_MAX = 8 << 20;

    private static final int NESTING_MAX = 64;
    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(NESTING_MAX)
                            .maxStringLength(BYTES_MAX)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Json() {}

    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    public static String text(JsonNode node) {
        return MAPPER.writeValueAsString(node);
    }

    /** One object and nothing behind it; else empty. */
    public static Optional<ObjectNode> read(String text) {
        return tree(text).filter(ObjectNode.class::isInstance).map(ObjectNode.class::cast);
    }

    /** One message of a server: an object with a {@code type}; its {@code data} is there from now on. Else empty. */
    public static Optional<ObjectNode> message(String text) {
        return read(text).flatMap(Json::message);
    }

    public static Optional<ObjectNode> message(JsonNode node) {
        if (!(node instanceof ObjectNode message) || !message.path("type").isString()) {
            return Optional.empty();
        }
        JsonNode data = message.get("data");
        if (data == null) {
            message.putObject("data");
        } else if (!data.isObject()) {
            return Optional.empty();
        }
        return Optional.of(message);
    }

    public static Optional<ArrayNode> array(String text) {
        return tree(text).filter(ArrayNode.class::isInstance).map(ArrayNode.class::cast);
    }

    /** One value and nothing behind it; else empty. */
    public static Optional<JsonNode> value(String text) {
        return tree(text);
    }

    private static Optional<JsonNode> tree(String text) {
        try {
            return Optional.ofNullable(MAPPER.readTree(text));
        } catch (JacksonException e) {
            return Optional.empty(); // somebody else's words, whatever they are
        }
    }
}
