package dev.peal.protocol;

import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Builds a tree from a parser's current token on. Recursion is bounded by the parser's own limit on nesting; a repeated name, too
 * many names or a number that no double holds is malformed.
 */
final class JsonTree {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private JsonTree() {}

    static JsonNode read(JsonParser parser) throws MalformedException {
        JsonToken token = parser.currentToken();
        if (token == null) {
            throw MalformedException.INSTANCE;
        }
        return switch (token) {
            case START_OBJECT -> readObject(parser);
            case START_ARRAY -> readArray(parser);
            case VALUE_STRING -> NODES.stringNode(parser.getString());
            case VALUE_NUMBER_INT -> readInteger(parser);
            case VALUE_NUMBER_FLOAT -> readFloat(parser);
            case VALUE_TRUE -> NODES.booleanNode(true);
            case VALUE_FALSE -> NODES.booleanNode(false);
            case VALUE_NULL -> NODES.nullNode();
            default -> throw MalformedException.INSTANCE;
        };
    }

    private static ObjectNode readObject(JsonParser parser) throws MalformedException {
        ObjectNode object = NODES.objectNode();
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            parser.nextToken();
            put(object, name, read(parser));
        }
        return object;
    }

    static void put(ObjectNode object, String name, JsonNode value) throws MalformedException {
        boolean repeated = object.replace(name, value) != null;
        if (repeated || object.size() > EnvelopeReader.FIELDS_MAX) {
            throw MalformedException.INSTANCE;
        }
    }

    private static ArrayNode readArray(JsonParser parser) throws MalformedException {
        ArrayNode array = NODES.arrayNode();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            array.add(read(parser));
        }
        return array;
    }

    private static JsonNode readInteger(JsonParser parser) {
        return switch (parser.getNumberType()) {
            case INT -> NODES.numberNode(parser.getIntValue());
            case LONG -> NODES.numberNode(parser.getLongValue());
            default -> NODES.numberNode(parser.getBigIntegerValue());
        };
    }

    private static JsonNode readFloat(JsonParser parser) throws MalformedException {
        double value = parser.getDoubleValue();
        if (!Double.isFinite(value)) {
            throw MalformedException.INSTANCE;
        }
        return NODES.numberNode(value);
    }
}
