package dev.peal.spec;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes the AsyncAPI document of the messages' schemas. Its own schemas are of draft 7, the newest that AsyncAPI's tools read: what 2020-12 says in another
 * way is said in theirs.
 */
final class AsyncApiDocument {
    private static final String SCHEMAS = "#/components/schemas/";
    private static final String MESSAGES = "#/components/messages/";
    private static final List<String> DIRECTIONS = List.of("client", "server");
    /** The answers of a stream itself, beside what is pushed; every other reply is that of a POST. */
    private static final List<String> STREAM_OPENING = List.of("authenticated", "joined");
    /** What a WebSocket says by its close frame. */
    private static final String STREAM_END = "close";
    /** What there is on the stream of a market as everywhere. */
    private static final List<String> ON_MARKETS = List.of(
            "client.authenticate",
            "client.ping",
            "server.authenticated",
            "server.pong",
            "server.token_expiring",
            "server.reconnect");

    private final JsonNode index = SpecFiles.read("schemas/index.json");
    private final ObjectNode document = SpecFiles.JSON.createObjectNode();

    private AsyncApiDocument() {}

    static ObjectNode generated() {
        AsyncApiDocument made = new AsyncApiDocument();
        made.addHead();
        made.addChannels();
        made.addOperations();
        made.addComponents();
        return made.document;
    }

    private void addHead() {
        document.put("asyncapi", "3.0.0");
        document.putObject("info")
                .put("title", "Peal")
                .put("version", "1")
                .put(
                        "description",
                        "The messages between a Peal server and its clients. PROTOCOL.md says what they mean; /openapi.json describes what is asked over HTTP.")
                .putObject("license")
                .put("name", "Apache-2.0")
                .put("url", "https://www.apache.org/licenses/LICENSE-2.0");
        document.put("defaultContentType", "application/json");
        ObjectNode servers = document.putObject("servers");
        servers.putObject("websocket").put("host", "localhost:8080").put("protocol", "ws");
        servers.putObject("http").put("host", "localhost:8080").put("protocol", "http");
    }

    private void addChannels() {
        List<String> all = new ArrayList<>();
        DIRECTIONS.forEach(direction -> types(direction).forEach(type -> all.add(direction + "." + type)));
        all.remove("server." + STREAM_END);
        ObjectNode chat = channel("chat", "/chat", "websocket", all)
                .put(
                        "description",
                        "One JSON object in one text frame. A frame that is none closes the connection with 1003.");
        websocketBinding(chat);
        ObjectNode root = channel("root", "/", "websocket", all)
                .put("description", "As /chat; a frame that is not one JSON object is answered by an error.");
        websocketBinding(root);
        List<String> streamed = new ArrayList<>();
        types("server").stream()
                .filter(type -> STREAM_OPENING.contains(type) || type.equals(STREAM_END) || pushed().contains(type))
                .forEach(type -> streamed.add("server." + type));
        channel("events", "/events", "http", streamed)
                .put("description", "Server-Sent Events: one JSON object in the data of one event.");
        List<String> market = new ArrayList<>(ON_MARKETS);
        DIRECTIONS.forEach(
                direction -> streamTypes(direction).forEach(type -> market.add("stream." + direction + "." + type)));
        ObjectNode stream = channel("stream", "/stream", "websocket", market)
                .put(
                        "description",
                        "The market: flat objects, one in one text frame. With ?binary=1 or 2 prices, trades and books are binary frames.");
        websocketBinding(stream);
    }

    private ObjectNode channel(String name, String address, String server, List<String> messages) {
        ObjectNode channel = document.withObject("/channels/" + name).put("address", address);
        channel.putArray("servers").addObject().put("$ref", "#/servers/" + server);
        ObjectNode carried = channel.putObject("messages");
        messages.forEach(message -> carried.putObject(message).put("$ref", MESSAGES + message));
        return channel;
    }

    private static void websocketBinding(ObjectNode channel) {
        channel.putObject("bindings").putObject("ws").put("method", "GET").put("bindingVersion", "0.1.0");
    }

    /** Receiving and sending are the server's. */
    private void addOperations() {
        for (String type : types("client")) {
            ArrayNode messages = reply(operation("chat", "receive", "client." + type));
            for (String answer : List.of(index.at("/replies/" + type).stringValue(), "error")) {
                messages.addObject().put("$ref", "#/channels/chat/messages/server." + answer);
            }
        }
        pushed().forEach(type -> operation("chat", "send", "server." + type));
        addStreamOperations();
        ObjectNode events = document.withObject("/operations/events").put("action", "send");
        events.putObject("channel").put("$ref", "#/channels/events");
    }

    private void addStreamOperations() {
        List<String> pushed = streamTypes("server");
        for (String type : streamTypes("client")) {
            String answer = index.at("/stream/replies/" + type).stringValue();
            pushed.remove(answer);
            ArrayNode messages = reply(operation("stream", "receive", "stream.client." + type));
            for (String one : List.of(answer, "error")) {
                messages.addObject().put("$ref", "#/channels/stream/messages/stream.server." + one);
            }
        }
        pushed.remove("error");
        // Asked for, and said by themselves too.
        pushed.addAll(List.of("order", "account"));
        pushed.forEach(type -> operation("stream", "send", "stream.server." + type));
    }

    private static ArrayNode reply(ObjectNode operation) {
        ObjectNode reply = operation.putObject("reply");
        reply.putObject("channel").put("$ref", operation.at("/channel/$ref").stringValue());
        return reply.putArray("messages");
    }

    private ObjectNode operation(String channel, String action, String message) {
        ObjectNode operation = document.withObject("/operations/" + message).put("action", action);
        operation.put("summary", schema(message).get("title").stringValue());
        operation.putObject("channel").put("$ref", "#/channels/" + channel);
        operation.putArray("messages").addObject().put("$ref", "#/channels/" + channel + "/messages/" + message);
        return operation;
    }

    private void addComponents() {
        for (String direction : DIRECTIONS) {
            types(direction).forEach(type -> addMessage(direction + "." + type, type));
            streamTypes(direction).forEach(type -> addMessage("stream." + direction + "." + type, type));
        }
        ObjectNode schemas = document.withObject("/components/schemas");
        for (Map.Entry<String, JsonNode> shared :
                SpecFiles.read("schemas/defs.json").get("$defs").properties()) {
            schemas.set(shared.getKey(), draft7(shared.getValue()));
        }
    }

    private void addMessage(String name, String type) {
        ObjectNode schema = (ObjectNode) schema(name);
        ObjectNode message = document.withObject("/components/messages/" + name)
                .put("name", type)
                .put("title", schema.get("title").stringValue());
        if (schema.at("/properties/id").isObject()) {
            message.putObject("correlationId").put("location", "$message.payload#/id");
        }
        message.putObject("payload").put("$ref", SCHEMAS + name);
        for (JsonNode example : schema.get("examples")) {
            message.withArray("/examples").addObject().set("payload", example);
        }
        schema.remove(List.of("$schema", "$id", "examples"));
        document.withObject("/components/schemas").set(name, draft7(schema));
    }

    /** What comes without having been asked for. */
    private Set<String> pushed() {
        Set<String> pushed = new LinkedHashSet<>(types("server"));
        index.get("replies").forEach(reply -> pushed.remove(reply.stringValue()));
        pushed.removeAll(List.of("error", STREAM_END));
        return pushed;
    }

    private List<String> types(String direction) {
        return listed(index.get(direction));
    }

    /** Those on the stream of a market alone. */
    private List<String> streamTypes(String direction) {
        return listed(index.at("/stream/" + direction));
    }

    private static List<String> listed(JsonNode names) {
        List<String> types = new ArrayList<>();
        names.forEach(type -> types.add(type.stringValue()));
        return types;
    }

    private static JsonNode schema(String name) {
        return SpecFiles.read("schemas/" + name + ".json");
    }

    /** The same schema in draft 7, where nothing may stand beside a reference and dependent fields have another word. */
    private static JsonNode draft7(JsonNode schema) {
        if (schema instanceof ArrayNode list) {
            ArrayNode converted = SpecFiles.JSON.createArrayNode();
            list.forEach(item -> converted.add(draft7(item)));
            return converted;
        }
        if (!(schema instanceof ObjectNode object)) {
            return schema;
        }
        ObjectNode converted = SpecFiles.JSON.createObjectNode();
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            switch (field.getKey()) {
                case "$ref" -> converted.put("$ref", reference(field.getValue().stringValue()));
                case "dependentRequired" -> converted.set("dependencies", field.getValue());
                default -> converted.set(field.getKey(), draft7(field.getValue()));
            }
        }
        return converted.has("$ref") && converted.size() > 1 ? beside(converted) : converted;
    }

    private static ObjectNode beside(ObjectNode schema) {
        ObjectNode all = SpecFiles.JSON.createObjectNode();
        JsonNode description = schema.remove("description");
        if (description != null) {
            all.set("description", description);
        }
        ArrayNode parts = all.putArray("allOf");
        parts.addObject().set("$ref", schema.remove("$ref"));
        if (!schema.isEmpty()) {
            parts.add(schema);
        }
        return all;
    }

    private static String reference(String file) {
        return file.replace("defs.json#/$defs/", SCHEMAS);
    }
}
