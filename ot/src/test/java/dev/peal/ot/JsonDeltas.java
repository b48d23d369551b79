package dev.peal.ot;

import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Deltas as JSON, in the plainest way; the module {@code ot-json} has the one that programs use. */
final class JsonDeltas {
    static final JsonMapper MAPPER = JsonMapper.shared();

    private JsonDeltas() {}

    static JsonNode json(Delta delta) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        ArrayNode ops = object.putArray("ops");
        for (Op op : delta.ops()) {
            ObjectNode json = ops.addObject();
            if (op instanceof Op.Insert insert) {
                json.put("insert", insert.text());
            } else if (op instanceof Op.Embed embed) {
                json.set("insert", MAPPER.valueToTree(Map.of(embed.kind(), embed.value())));
            } else {
                json.put(op instanceof Op.Delete ? "delete" : "retain", op.length());
            }
            if (!op.attributes().isEmpty()) {
                json.set("attributes", MAPPER.valueToTree(op.attributes().toMap()));
            }
        }
        return object;
    }
}
