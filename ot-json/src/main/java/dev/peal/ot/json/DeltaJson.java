package dev.peal.ot.json;

import dev.peal.ot.Attributes;
import dev.peal.ot.Delta;
import dev.peal.ot.Op;
import dev.peal.protocol.JsonWriter;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Deltas as Quill spells them: {@code {"ops":[{"retain":3},{"insert":"text","attributes":{"bold":true}},{"delete":2}]}}. Reading is
 * strict: a name that is not known, a length that is no positive integer, an attribute that is a list are no delta. What may be said
 * in a document is for {@link dev.peal.ot.DocumentRules} to judge.
 */
public final class DeltaJson {
    /** What a delta may cover before or after: half of what an int counts, so that no sum of two overflows. */
    public static final int LENGTH_MAX = Integer.MAX_VALUE / 2;

    /** Lists and objects in one another within an embed. */
    static final int NESTING_MAX = 8;

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private DeltaJson() {}

    /** Never throws for its input. */
    public static DeltaRead read(JsonNode node) {
        return new DeltaReader().read(node);
    }

    public static ObjectNode tree(Delta delta) {
        ObjectNode object = NODES.objectNode();
        ArrayNode ops = object.putArray("ops");
        for (Op op : delta.ops()) {
            ops.add(tree(op));
        }
        return object;
    }

    private static ObjectNode tree(Op op) {
        ObjectNode object = NODES.objectNode();
        if (op instanceof Op.Insert insert) {
            object.put("insert", insert.text());
        } else if (op instanceof Op.Embed embed) {
            object.putObject("insert").set(embed.kind(), JsonValues.tree(embed.value()));
        } else {
            object.put(op instanceof Op.Delete ? "delete" : "retain", op.length());
        }
        if (!op.attributes().isEmpty()) {
            ObjectNode attributes = object.putObject("attributes");
            op.attributes().forEach((name, value) -> attributes.set(name, JsonValues.tree(value)));
        }
        return object;
    }

    /** As an object of its own, or the next element of an array. */
    public static JsonWriter write(JsonWriter out, Delta delta) {
        return writeOps(out.object(), delta);
    }

    /** As a field of the object that is open. */
    public static JsonWriter write(JsonWriter out, String name, Delta delta) {
        return writeOps(out.object(name), delta);
    }

    private static JsonWriter writeOps(JsonWriter out, Delta delta) {
        out.array("ops");
        for (Op op : delta.ops()) {
            writeOp(out, op);
        }
        return out.end().end();
    }

    private static void writeOp(JsonWriter out, Op op) {
        out.object();
        if (op instanceof Op.Insert insert) {
            out.field("insert", insert.text());
        } else if (op instanceof Op.Embed embed) {
            out.object("insert");
            writeValue(out, embed.kind(), embed.value());
            out.end();
        } else {
            out.field(op instanceof Op.Delete ? "delete" : "retain", op.length());
        }
        writeAttributes(out, op.attributes());
        out.end();
    }

    private static void writeAttributes(JsonWriter out, Attributes attributes) {
        if (!attributes.isEmpty()) {
            out.object("attributes");
            attributes.forEach((name, value) -> writeValue(out, name, value));
            out.end();
        }
    }

    private static void writeValue(JsonWriter out, String name, @Nullable Object value) {
        if (value instanceof String text) {
            out.field(name, text);
        } else if (value instanceof Boolean flag) {
            out.field(name, flag);
        } else if (value instanceof Long number) {
            out.field(name, number);
        } else {
            out.field(name, JsonValues.tree(value));
        }
    }
}
