package dev.peal.server;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The description of what the server answers, and whether an answer is as described. */
final class OpenApi {
    private static final JsonMapper JSON = JsonMapper.shared();
    static final JsonNode DOCUMENT = load();

    /** One operation: {@code POST /api/v1/broadcast}. */
    record Operation(String method, String path, JsonNode description) {
        /** The path with every parameter filled in. */
        String filled() {
            return path.replaceAll("\\{[a-z]+}", "x");
        }
    }

    private OpenApi() {}

    static List<Operation> operations() {
        List<Operation> all = new ArrayList<>();
        for (Map.Entry<String, JsonNode> path : DOCUMENT.path("paths").properties()) {
            for (Map.Entry<String, JsonNode> method : path.getValue().properties()) {
                if (List.of("get", "post", "put", "patch", "delete").contains(method.getKey())) {
                    all.add(new Operation(method.getKey().toUpperCase(Locale.ROOT), path.getKey(), method.getValue()));
                }
            }
        }
        return all;
    }

    /** Fails where the answer's status, media type or body is not in the description. */
    static void check(String method, URI uri, HttpResponse<String> answer) {
        String type = answer.headers().firstValue("Content-Type").orElse("none");
        checkAnswer(method, uri.getRawPath(), answer.statusCode(), type, answer.body());
    }

    /** Fails where such an answer is not described. */
    static void checkAnswer(String method, String path, int status, String type, String body) {
        JsonNode response =
                resolved(operation(method, path).description().path("responses").path(Integer.toString(status)));
        String about = method + " " + path + " → " + status;
        if (body.isEmpty() && !response.isMissingNode() && !response.has("content")) {
            return; // described as having none
        }
        check(about, response.path("content").path(type), body);
    }

    /** Fails where such a body is not described. */
    static void checkRequest(String method, String path, String body) {
        JsonNode content = operation(method, path).description().at("/requestBody/content/application~1json");
        check(method + " " + path, content, body);
    }

    private static Operation operation(String method, String path) {
        return operations().stream()
                .filter(o -> o.method().equals(method) && path.matches(o.path().replaceAll("\\{[a-z]+}", "[^/]+")))
                .findFirst()
                .orElseThrow(() -> new AssertionError(method + " " + path + " is not described"));
    }

    private static void check(String about, JsonNode content, String body) {
        JsonNode schema = content.path("schema");
        if (schema.isMissingNode()) {
            throw new AssertionError(about + " is not described: " + body);
        }
        ObjectNode whole = JSON.createObjectNode();
        whole.set("$ref", schema.path("$ref"));
        whole.set("components", DOCUMENT.path("components"));
        Schema compiled = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(whole.toString(), InputFormat.JSON);
        var problems = compiled.validate(body, InputFormat.JSON);
        if (!problems.isEmpty()) {
            throw new AssertionError(about + ": " + problems + " in " + body);
        }
    }

    private static JsonNode resolved(JsonNode node) {
        String reference = node.path("$ref").asString("");
        return reference.isEmpty() ? node : DOCUMENT.at(reference.substring(1));
    }

    private static JsonNode load() {
        try (InputStream file = OpenApi.class.getResourceAsStream("/dev/peal/spec/openapi.json")) {
            return JSON.readTree(file.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
