package dev.peal.client.docs;

import dev.peal.ot.Delta;
import dev.peal.ot.Selection;
import dev.peal.ot.json.DeltaJson;
import dev.peal.ot.json.DeltaRead;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Takes the server's messages about documents apart. Pure; what does not fit is empty. */
final class DocumentWire {
    private DocumentWire() {}

    static Optional<Delta> delta(JsonNode node) {
        return DeltaJson.read(node) instanceof DeltaRead.Valid valid ? Optional.of(valid.delta()) : Optional.empty();
    }

    static Optional<String> text(JsonNode data, String name) {
        JsonNode text = data.path(name);
        return text.isString() ? Optional.of(text.stringValue()) : Optional.empty();
    }

    static DocumentUser user(JsonNode data) {
        return new DocumentUser(text(data, "userId"), text(data, "userName"));
    }

    static List<DocumentUser> users(JsonNode data) {
        List<DocumentUser> users = new ArrayList<>();
        for (JsonNode user : data.path("users")) {
            users.add(user(user));
        }
        return users;
    }

    /** A place: an index, or a part. */
    static Optional<Selection> selection(JsonNode position) {
        if (position.isInt() && position.intValue() >= 0) {
            return Optional.of(Selection.caret(position.intValue()));
        }
        JsonNode index = position.path("index");
        JsonNode length = position.path("length");
        boolean fits = index.isInt() && index.intValue() >= 0 && length.isInt() && length.intValue() >= 0;
        return fits ? Optional.of(new Selection(index.intValue(), length.intValue())) : Optional.empty();
    }
}
