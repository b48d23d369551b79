package dev.peal.protocol;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Takes the fields of one {@code data} apart and remembers whether any of them broke its rule; after that its values mean nothing.
 * An optional field may be absent or null.
 */
final class Fields {
    private static final String NONE = "";
    private static final int RANGE_MAX = (1 << 30) - 1;

    private final ObjectNode data;
    private boolean valid = true;

    Fields(ObjectNode data) {
        this.data = data;
    }

    boolean valid() {
        return valid;
    }

    String roomId() {
        return name("roomId", ClientMessage.ROOM_ID_LENGTH_MAX);
    }

    String documentId() {
        return name("documentId", ClientMessage.ROOM_ID_LENGTH_MAX);
    }

    String name(String name, int max) {
        String text = string(data.get(name));
        return text != null && Text.isName(text, max) ? text : broken(NONE);
    }

    @Nullable
    String optionalName(String name, int max) {
        return absent(name) ? null : name(name, max);
    }

    String text(String name, int min, int max) {
        String text = string(data.get(name));
        return text != null && Text.lengthWithin(text, min, max) ? text : broken(NONE);
    }

    boolean flag(String name) {
        JsonNode node = data.get(name);
        return node != null && node.isBoolean() ? node.booleanValue() : broken(false);
    }

    @Nullable
    String optionalText(String name, int min, int max) {
        return absent(name) ? null : text(name, min, max);
    }

    @Nullable
    String optionalLabel(String name, int max) {
        if (absent(name)) {
            return null;
        }
        String text = string(data.get(name));
        return text != null && Text.isLabel(text, max) ? text : broken(NONE);
    }

    boolean optionalFlag(String name) {
        return !absent(name) && flag(name);
    }

    long offset(String name) {
        return integer(data.get(name), 0, Position.OFFSET_MAX);
    }

    @Nullable
    Long optionalOffset(String name) {
        return absent(name) ? null : integer(data.get(name), 0, Position.OFFSET_MAX);
    }

    long optionalNumber(String name, long min, long max, long preset) {
        return absent(name) ? preset : integer(data.get(name), min, max);
    }

    int optionalLimit(int max, int preset) {
        return absent("limit") ? preset : (int) integer(data.get("limit"), 1, max);
    }

    /** A range of one unit at least, whose end is still an integer. */
    CommentMessage.@Nullable Range optionalRange(String name) {
        if (absent(name)) {
            return null;
        }
        JsonNode node = data.get(name);
        return new CommentMessage.Range(
                (int) integer(node.get("index"), 0, RANGE_MAX), (int) integer(node.get("length"), 1, RANGE_MAX));
    }

    /** 1 to {@code max} code points in one line. */
    String label(String name, int max) {
        String text = string(data.get(name));
        return text != null && Text.isLabel(text, max) ? text : broken(NONE);
    }

    /** An object whose {@code ops} is an array of objects. */
    ObjectNode delta(String name) {
        if (data.get(name) instanceof ObjectNode delta && delta.get("ops") instanceof ArrayNode ops) {
            for (JsonNode op : ops) {
                if (!op.isObject()) {
                    return broken(data);
                }
            }
            return delta;
        }
        return broken(data);
    }

    /** A place in a text: an integer from 0, an object or null. */
    JsonNode place(String name) {
        JsonNode node = data.get(name);
        boolean valid =
                node != null && (node.isNull() || node.isObject() || Numbers.isInteger(node, 0, Integer.MAX_VALUE));
        return valid ? node : broken(data);
    }

    @Nullable
    Position optionalPosition(String name) {
        return optionalPosition(name, "offset");
    }

    /** @param offsetName what the offset is called */
    @Nullable
    Position optionalPosition(String name, String offsetName) {
        if (absent(name)) {
            return null;
        }
        JsonNode node = data.get(name);
        String epoch = node.isObject() ? string(node.get("epoch")) : null;
        if (epoch == null || !Position.validEpoch(epoch)) {
            valid = false;
            return null;
        }
        long offset = integer(node.get(offsetName), 0, Position.OFFSET_MAX);
        return valid ? new Position(epoch, offset) : null;
    }

    private boolean absent(String name) {
        JsonNode node = data.get(name);
        return node == null || node.isNull();
    }

    private static @Nullable String string(@Nullable JsonNode node) {
        return node != null && node.isString() ? node.stringValue() : null;
    }

    private long integer(@Nullable JsonNode node, long min, long max) {
        return node != null && Numbers.isInteger(node, min, max) ? node.asLong() : broken(0L);
    }

    private <T> T broken(T value) {
        valid = false;
        return value;
    }
}
