package dev.peal.spec;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads this module's files and judges JSON by its schemas. */
final class SpecFiles {
    static final JsonMapper JSON = JsonMapper.shared();

    private static final String ROOT = "dev/peal/spec/";
    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    private SpecFiles() {}

    static JsonNode read(String name) {
        try (InputStream in = SpecFiles.class.getResourceAsStream("/" + ROOT + name)) {
            return JSON.readTree(Objects.requireNonNull(in, name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Stream<JsonNode> cases(String vectors) {
        return StreamSupport.stream(
                read("vectors/" + vectors + ".json").get("cases").spliterator(), false);
    }

    /** What the schema at {@code location}, such as {@code schemas/client.chat.json}, finds wrong; empty where nothing. */
    static List<String> problems(String location, JsonNode value) {
        Schema schema = REGISTRY.getSchema(SchemaLocation.of("classpath:" + ROOT + location));
        return schema.validate(value).stream().map(Object::toString).toList();
    }

    /** A text is a string, or a list of [string, times]. */
    static String text(JsonNode node) {
        if (node.isString()) {
            return node.stringValue();
        }
        StringBuilder text = new StringBuilder();
        node.forEach(
                part -> text.append(part.get(0).stringValue().repeat(part.get(1).intValue())));
        return text.toString();
    }
}
