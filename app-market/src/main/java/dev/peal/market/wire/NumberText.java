package dev.peal.market.wire;

import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * The decimal that a client meant, as text: a JSON number, or a text that says one (for languages whose numbers are doubles). A parser that made a double of the number
 * loses nothing: the shortest text of the double nearest to a decimal of up to 15 digits is that decimal.
 */
public final class NumberText {
    private NumberText() {}

    /** The text; it is for {@link dev.peal.market.book.Step#count} to say whether it is a number. Empty where the node is neither number nor text. */
    public static Optional<String> of(JsonNode node) {
        if (node.isString()) {
            return Optional.of(node.stringValue());
        }
        return node.isNumber() ? Optional.of(node.numberValue().toString()) : Optional.empty();
    }
}
