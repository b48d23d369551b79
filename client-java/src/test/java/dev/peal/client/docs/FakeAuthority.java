package dev.peal.client.docs;

import dev.peal.client.json.Json;
import dev.peal.ot.Delta;
import dev.peal.ot.Document;
import dev.peal.ot.json.DeltaJson;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A document's server side, as PROTOCOL.md says it: one order, each operation transformed over what came since its revision, each number once. */
final class FakeAuthority {
    private record Stored(Delta delta, String clientId, long seq) {}

    private final List<Stored> log = new ArrayList<>();
    private final Map<String, Long> numbers = new HashMap<>();
    private final List<FakeLine> members = new ArrayList<>();
    Document document = Document.EMPTY;

    long revision() {
        return log.size();
    }

    void leave(FakeLine line) {
        members.remove(line);
    }

    ObjectNode join(FakeLine line, JsonNode data) {
        ObjectNode answer = Json.object().put("type", "document");
        ObjectNode body = answer.putObject("data");
        body.put("documentId", "d").put("epoch", "E").put("revision", revision());
        body.put("role", "editor").put("title", "");
        body.putArray("users");
        members.add(line);
        JsonNode since = data.path("since");
        if (since.isObject() && since.path("epoch").asString("").equals("E")) {
            body.put("recovered", true);
            line.deliver(answer);
            for (long at = since.path("revision").asLong(0); at < revision(); at++) {
                line.deliver(push(at));
            }
        } else {
            body.set("content", DeltaJson.tree(document.delta()));
            line.deliver(answer);
        }
        return answer;
    }

    ObjectNode take(JsonNode data) {
        String clientId = data.path("clientId").asString("");
        long seq = data.path("seq").asLong(0);
        Long known = numbers.get(clientId + ":" + seq);
        if (known == null) {
            Delta delta = DocumentWire.delta(data.path("operation")).orElseThrow();
            for (long at = data.path("revision").asLong(-1); at < revision(); at++) {
                delta = log.get((int) at).delta().transform(delta, true);
            }
            document = document.apply(delta);
            log.add(new Stored(delta, clientId, seq));
            known = revision();
            numbers.put(clientId + ":" + seq, known);
            ObjectNode push = push(known - 1);
            List.copyOf(members).forEach(member -> member.deliver(push.deepCopy()));
        }
        ObjectNode ack = Json.object().put("type", "ack");
        ack.putObject("data").put("offset", known);
        return ack;
    }

    private ObjectNode push(long at) {
        Stored stored = log.get((int) at);
        ObjectNode push = Json.object().put("type", "operation");
        ObjectNode data = push.putObject("data");
        data.put("documentId", "d")
                .put("clientId", stored.clientId())
                .put("seq", stored.seq())
                .put("revision", at + 1);
        data.set("operation", DeltaJson.tree(stored.delta()));
        return push;
    }
}
