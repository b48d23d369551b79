package dev.peal.app;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/** A compiled JSON Schema (draft 2020-12). Immutable and thread-safe. References to other documents are not followed. */
public final class JsonSchema {
    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    private final Schema schema;

    private JsonSchema(Schema schema) {
        this.schema = schema;
    }

    /** @throws IllegalArgumentException if the text is not a JSON Schema */
    public static JsonSchema compile(String text) {
        try {
            Schema schema = REGISTRY.getSchema(text, InputFormat.JSON);
            schema.initializeValidators();
            return new JsonSchema(schema);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("not a JSON Schema: " + e.getMessage(), e);
        }
    }

    /** Whether the object fits. What the validator itself stumbles over (a number beyond its integers) does not. */
    public boolean accepts(ObjectNode data) {
        try {
            return schema.validate(data).isEmpty();
        } catch (JacksonException e) {
            return false;
        }
    }
}
