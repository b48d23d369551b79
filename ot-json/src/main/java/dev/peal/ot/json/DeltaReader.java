package dev.peal.ot.json;

import dev.peal.ot.Attributes;
import dev.peal.ot.Delta;
import dev.peal.ot.DeltaBuilder;
import dev.peal.ot.Op;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads one delta; used once. */
final class DeltaReader {
    private final DeltaBuilder out = Delta.builder();
    private long retainedAndDeleted;
    private long inserted;
    /** What is wrong; null as long as nothing is. */
    private @Nullable String problem;

    DeltaRead read(JsonNode node) {
        JsonNode ops = node.isObject() && node.size() == 1 ? node.get("ops") : null;
        if (ops == null || !ops.isArray()) {
            return new DeltaRead.Invalid(-1, "wants to be an object with a list \"ops\" and nothing else");
        }
        int index = 0;
        for (JsonNode op : ops) {
            readOp(op);
            if (problem != null) {
                return new DeltaRead.Invalid(index, problem);
            }
            index++;
        }
        return new DeltaRead.Valid(out.build());
    }

    private void readOp(JsonNode op) {
        JsonNode attributes = op.get("attributes");
        if (!op.isObject() || op.size() != (attributes == null ? 1 : 2)) {
            problem = "wants exactly one of insert, retain, delete, and attributes";
        } else if (op.has("insert")) {
            readInsert(op.get("insert"), attributes);
        } else if (op.has("retain")) {
            int length = length(op.get("retain"));
            Attributes worn = attributes(attributes);
            if (problem == null) {
                out.retain(length, worn);
            }
        } else if (op.has("delete") && attributes == null) {
            int length = length(op.get("delete"));
            if (problem == null) {
                out.delete(length);
            }
        } else {
            problem = attributes == null
                    ? "wants one of insert, retain, delete"
                    : "has attributes but is no insert or retain";
        }
    }

    private void readInsert(JsonNode content, @Nullable JsonNode attributes) {
        Attributes worn = attributes(attributes);
        Op op = content.isString() ? text(content.stringValue(), worn) : embed(content, worn);
        if (op != null && problem == null) {
            inserted += op.length();
            problem = inserted > DeltaJson.LENGTH_MAX ? "inserts too much" : null;
            out.add(op);
        }
    }

    private @Nullable Op text(String text, Attributes worn) {
        if (text.isEmpty()) {
            problem = "inserts nothing";
            return null;
        }
        return new Op.Insert(text, worn);
    }

    private @Nullable Op embed(JsonNode content, Attributes worn) {
        if (content.isObject() && content.size() == 1) {
            Map.Entry<String, JsonNode> field = content.properties().iterator().next();
            Optional<Object> value = JsonValues.nested(field.getValue());
            if (!field.getKey().isEmpty() && value.isPresent()) {
                return new Op.Embed(field.getKey(), value.get(), worn);
            }
        }
        problem = "inserts neither text nor one embed";
        return null;
    }

    private int length(JsonNode node) {
        double value = node.isNumber() ? node.numberValue().doubleValue() : 0;
        if (value < 1 || value != Math.rint(value)) {
            problem = "wants a length that is a positive integer";
            return 0;
        }
        retainedAndDeleted += (long) value;
        if (value > DeltaJson.LENGTH_MAX || retainedAndDeleted > DeltaJson.LENGTH_MAX) {
            problem = "covers too much";
        }
        return (int) value;
    }

    private Attributes attributes(@Nullable JsonNode node) {
        if (node == null) {
            return Attributes.NONE;
        }
        if (!node.isObject()) {
            problem = "has attributes that are no object";
            return Attributes.NONE;
        }
        Map<String, @Nullable Object> map = new TreeMap<>();
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            Optional<Object> value = JsonValues.scalar(field.getValue());
            if (value.isEmpty() && !field.getValue().isNull()) {
                problem = "has an attribute that is no string, boolean, number or null";
            }
            map.put(field.getKey(), value.orElse(null));
        }
        return Attributes.of(map);
    }
}
