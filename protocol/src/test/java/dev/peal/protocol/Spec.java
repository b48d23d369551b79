package dev.peal.protocol;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/** Reads the module {@code spec}: schemas and golden vectors. */
final class Spec {
    static final ObjectMapper MAPPER = JsonMapper.builder().build();

    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private static final Map<String, Schema> SCHEMAS = new ConcurrentHashMap<>();

    private Spec() {}

    static List<JsonNode> cases(String vectors) {
        List<JsonNode> cases = new ArrayList<>();
        resource("vectors/" + vectors + ".json").get("cases").forEach(cases::add);
        return cases;
    }

    /** The types that have a schema; {@code direction} is client, server, stream/client or stream/server. */
    static List<String> types(String direction) {
        List<String> types = new ArrayList<>();
        resource("schemas/index.json").at("/" + direction).forEach(type -> types.add(type.stringValue()));
        return types;
    }

    /** What {@code name} (such as client.chat) finds wrong; empty where nothing. */
    static List<String> problems(String name, JsonNode frame) {
        try {
            return schema(name).validate(frame).stream().map(Object::toString).toList();
        } catch (JacksonException tooLarge) {
            // The validator compares a double with an integer bound by asLong(), which refuses 1e300: out of bounds it
            // is.
            return List.of(String.valueOf(tooLarge.getMessage()));
        }
    }

    private static Schema schema(String name) {
        return SCHEMAS.computeIfAbsent(
                name, n -> REGISTRY.getSchema(SchemaLocation.of("classpath:dev/peal/spec/schemas/" + n + ".json")));
    }

    static JsonNode resource(String name) {
        try (InputStream in = Spec.class.getResourceAsStream("/dev/peal/spec/" + name)) {
            return MAPPER.readTree(Objects.requireNonNull(in, name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A text is a string, or a list of [string, times]. */
    static String text(JsonNode node) {
        if (node.isString()) {
            return node.stringValue();
        }
        StringBuilder text = new StringBuilder();
        for (JsonNode part : node) {
            text.append(part.get(0).stringValue().repeat(part.get(1).intValue()));
        }
        return text.toString();
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static Parsed parse(String frame) {
        byte[] bytes = utf8(frame);
        return new EnvelopeReader().read(bytes, 0, bytes.length);
    }
}
