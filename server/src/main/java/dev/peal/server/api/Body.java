package dev.peal.server.api;

import dev.peal.server.request.JsonBody;
import dev.peal.transport.http.Refusal;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The JSON object in a request's body, read as strictly as a client's message, and its fields. Immutable; shared nodes are not changed. */
final class Body {
    private final ObjectNode root;

    private Body(ObjectNode root) {
        this.root = root;
    }

    /**
     * Reads a body; an empty one is an empty object.
     *
     * @param known the fields that there are
     */
    static Body read(byte[] bytes, Set<String> known) throws Refusal {
        ObjectNode root = JsonBody.object(bytes);
        if (!known.containsAll(root.propertyNames())) {
            String those = known.isEmpty()
                    ? "none"
                    : String.join(", ", known.stream().sorted().toList());
            throw Refusal.bad(
                    "unknown_field", "The body has a field that this operation does not know; it has " + those + ".");
        }
        return new Body(root);
    }

    /** A field that must be an object. */
    ObjectNode object(String name) throws Refusal {
        if (root.path(name) instanceof ObjectNode object) {
            return object;
        }
        throw Refusal.bad("bad_" + name, name + " must be a JSON object.");
    }

    Optional<String> text(String name) throws Refusal {
        JsonNode node = root.path(name);
        if (!node.isMissingNode() && !node.isString()) {
            throw Refusal.bad("bad_" + name, name + " must be a text.");
        }
        return node.isString() ? Optional.of(node.stringValue()) : Optional.empty();
    }

    boolean flag(String name, boolean usual) throws Refusal {
        JsonNode node = root.path(name);
        if (!node.isMissingNode() && !node.isBoolean()) {
            throw Refusal.bad("bad_" + name, name + " must be true or false.");
        }
        return node.isBoolean() ? node.booleanValue() : usual;
    }

    /** The whole of it as text, for comparing. */
    String text() {
        return root.toString();
    }
}
