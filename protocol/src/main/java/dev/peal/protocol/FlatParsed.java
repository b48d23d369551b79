package dev.peal.protocol;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What {@link EnvelopeReader#readFlat} made of one text frame. */
public sealed interface FlatParsed {
    int NAME_LENGTH_MAX = Parsed.Envelope.TYPE_LENGTH_MAX;

    /**
     * Something that the application behind the path is to do.
     *
     * @param action 1 to {@value #NAME_LENGTH_MAX} code points; not checked against any list
     * @param id the client's own mark for the reply, or null where it wants none
     * @param message all fields. Owned by the receiver of this record
     */
    record Action(String action, @Nullable RequestId id, ObjectNode message) implements FlatParsed {}

    /** A message with a {@code type}, for the session itself. */
    record Own(Parsed.Envelope envelope) implements FlatParsed {}

    /** Not exactly one JSON object within the limits. */
    record Malformed() implements FlatParsed {
        static final Malformed INSTANCE = new Malformed();
    }

    /**
     * JSON is fine, but {@code action}, {@code type}, {@code id} or {@code data} has a wrong shape.
     *
     * @param id the client's mark where that much could be read
     */
    record Invalid(@Nullable RequestId id) implements FlatParsed {}

    /** Of a message with both an action and a type, the action counts. */
    static FlatParsed of(ObjectNode message) {
        JsonNode givenId = message.path("id");
        Optional<RequestId> id = EnvelopeReader.id(givenId);
        String action = name(message.path("action"));
        String type = name(message.path("type"));
        JsonNode data = message.path("data");
        boolean wrongId = !absent(givenId) && id.isEmpty();
        if (wrongId || action.isEmpty() && (type.isEmpty() || !absent(data) && !data.isObject())) {
            return new Invalid(id.orElse(null));
        }
        if (!action.isEmpty()) {
            return new Action(action, id.orElse(null), message);
        }
        ObjectNode payload = data instanceof ObjectNode object ? object : message.objectNode();
        return new Own(new Parsed.Envelope(type, id.orElse(null), null, payload));
    }

    private static boolean absent(JsonNode node) {
        return node.isMissingNode() || node.isNull();
    }

    private static String name(JsonNode node) {
        String text = node.isString() ? node.stringValue() : "";
        return Text.lengthWithin(text, 1, NAME_LENGTH_MAX) ? text : "";
    }
}
