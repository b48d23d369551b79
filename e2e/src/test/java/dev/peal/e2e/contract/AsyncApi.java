package dev.peal.e2e.contract;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The document of the messages, and whether a message is as described. Thread-safe. */
final class AsyncApi {
    static final JsonMapper JSON = JsonMapper.shared();
    static final JsonNode DOCUMENT = load();

    private static final SchemaRegistry REGISTRY = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7);
    private static final Map<String, Schema> SCHEMAS = new ConcurrentHashMap<>();

    private AsyncApi() {}

    /** The messages that a channel carries, such as {@code server.chat}. */
    static Set<String> messages(String channel) {
        return new TreeSet<>(DOCUMENT.at("/channels/" + channel + "/messages").propertyNames());
    }

    /** What is wrong with a message by that name; empty where nothing. */
    static List<String> problems(String name, JsonNode message) {
        JsonNode payload = DOCUMENT.at("/components/messages/" + name + "/payload");
        if (payload.isMissingNode()) {
            return List.of(name + " is not described");
        }
        return SCHEMAS.computeIfAbsent(name, n -> compiled(payload)).validate(message).stream()
                .map(Object::toString)
                .toList();
    }

    private static Schema compiled(JsonNode payload) {
        ObjectNode whole = JSON.createObjectNode();
        whole.putArray("allOf").add(payload);
        whole.set("components", DOCUMENT.path("components"));
        return REGISTRY.getSchema(whole.toString(), InputFormat.JSON);
    }

    private static JsonNode load() {
        try (InputStream file = AsyncApi.class.getResourceAsStream("/dev/peal/spec/asyncapi.json")) {
            return JSON.readTree(Objects.requireNonNull(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
