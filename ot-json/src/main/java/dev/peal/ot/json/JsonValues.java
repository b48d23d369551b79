package dev.peal.ot.json;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The values of attributes and embeds: plain Java here, nodes there. */
final class JsonValues {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private JsonValues() {}

    /** A string, boolean or finite number; empty where {@code node} is something else. */
    static Optional<Object> scalar(JsonNode node) {
        if (node.isString()) {
            return Optional.of(node.stringValue());
        }
        if (node.isBoolean()) {
            return Optional.of(node.booleanValue());
        }
        if (!node.isNumber()) {
            return Optional.empty();
        }
        Number number = node.numberValue();
        return Double.isFinite(number.doubleValue()) ? Optional.of(number) : Optional.empty();
    }

    /** Anything but null, within the limit on nesting; nulls may stand in lists and objects. */
    static Optional<Object> nested(JsonNode node) {
        return nested(node, DeltaJson.NESTING_MAX);
    }

    private static Optional<Object> nested(JsonNode node, int depth) {
        if (!node.isContainer()) {
            return scalar(node);
        }
        if (depth == 0) {
            return Optional.empty();
        }
        return node.isArray() ? list(node, depth - 1) : map(node, depth - 1);
    }

    private static Optional<Object> list(JsonNode node, int depth) {
        List<@Nullable Object> list = new ArrayList<>(node.size());
        for (JsonNode element : node) {
            Optional<Object> value = nested(element, depth);
            if (value.isEmpty() && !element.isNull()) {
                return Optional.empty();
            }
            list.add(value.orElse(null));
        }
        return Optional.of(list);
    }

    private static Optional<Object> map(JsonNode node, int depth) {
        Map<String, @Nullable Object> map = new TreeMap<>();
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            Optional<Object> value = nested(field.getValue(), depth);
            if (value.isEmpty() && !field.getValue().isNull()) {
                return Optional.empty();
            }
            map.put(field.getKey(), value.orElse(null));
        }
        return Optional.of(map);
    }

    static JsonNode tree(@Nullable Object value) {
        if (value instanceof String text) {
            return NODES.stringNode(text);
        } else if (value instanceof Boolean flag) {
            return NODES.booleanNode(flag);
        } else if (value instanceof Long number) {
            return NODES.numberNode(number);
        } else if (value instanceof Double number) {
            return NODES.numberNode(number);
        } else if (value instanceof List<?> list) {
            ArrayNode array = NODES.arrayNode(list.size());
            list.forEach(element -> array.add(tree(element)));
            return array;
        } else if (value instanceof Map<?, ?> map) {
            ObjectNode object = NODES.objectNode();
            map.forEach((name, element) -> object.set((String) name, tree(element)));
            return object;
        }
        return NODES.nullNode();
    }
}
