package dev.peal.e2e.market;

import dev.peal.server.PealServer;
import dev.peal.testkit.fault.Wire;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A connection to {@code /stream}. What comes while it waits for something else is kept in {@link #heard}. */
final class StreamClient implements AutoCloseable {
    static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private static final int SILENCE_MILLIS_MAX = 60_000;

    final List<JsonNode> heard = new ArrayList<>();
    private final Wire wire;
    private int asked;

    private StreamClient(Wire wire) {
        this.wire = wire;
    }

    static StreamClient connect(PealServer server) throws IOException {
        return new StreamClient(Wire.connect(server.port(), "/stream", SILENCE_MILLIS_MAX));
    }

    /** Signed in as a user; the server must be in open mode. */
    static StreamClient of(PealServer server, String user) throws IOException {
        StreamClient client = connect(server);
        client.wire.send("{\"type\":\"authenticate\",\"id\":\"s\",\"data\":{\"userId\":\"" + user + "\"}}");
        client.await(message -> message.path("type").asString().equals("authenticated"));
        return client;
    }

    /** Sends an action, with fields such as {@code "symbol":"BTC-USD"}, and waits for its answer. */
    JsonNode ask(String action, String fields) throws IOException {
        int id = ++asked;
        String more = fields.isEmpty() ? "" : "," + fields;
        wire.send("{\"action\":\"" + action + "\",\"id\":" + id + more + "}");
        return await(message -> message.path("id").asInt(-1) == id);
    }

    /** The code of the error that such an action is answered with. */
    String refused(String action, String fields) throws IOException {
        JsonNode answer = ask(action, fields);
        return answer.path("type").asString() + " " + answer.path("code").asString("");
    }

    JsonNode await(Predicate<JsonNode> wanted) throws IOException {
        while (true) {
            JsonNode message =
                    JSON.readTree(wire.next().orElseThrow(() -> new EOFException("closed with " + wire.closeCode())));
            if (wanted.test(message)) {
                return message;
            }
            heard.add(message);
        }
    }

    JsonNode await(String type) throws IOException {
        return await(message -> message.path("type").asString().equals(type));
    }

    /** What was heard of a type, without waiting; what was on its way before this call is in it. */
    List<JsonNode> heard(String type) throws IOException {
        refused("cancel", "\"orderId\":9007199254740991");
        return heard.stream()
                .filter(message -> message.path("type").asString().equals(type))
                .toList();
    }

    @Override
    public void close() throws IOException {
        wire.close();
    }
}
