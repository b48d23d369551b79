package dev.peal.server;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A program with a key. Every answer that it gets is checked against the OpenAPI description. */
final class ApiClient {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final URI base;
    private final String key;

    /** An answer: what a program looks at. */
    record Answer(int status, JsonNode body, boolean replayed) {
        String code() {
            return body.path("code").asString("");
        }

        /** {@code 400 bad_limit}. */
        String problem() {
            return status + " " + code();
        }
    }

    /** @param key sent as Bearer; empty: no key is sent */
    ApiClient(int port, String key) {
        this.base = URI.create("http://localhost:" + port);
        this.key = key;
    }

    Answer get(String path) {
        return send("GET", path, HttpRequest.newBuilder().GET());
    }

    Answer post(String path, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder()
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return send("POST", path, request);
    }

    private Answer send(String method, String path, HttpRequest.Builder request) {
        try {
            URI uri = URI.create(base + path);
            if (!key.isEmpty()) {
                request.header("Authorization", "Bearer " + key);
            }
            HttpResponse<String> answer = HTTP.send(request.uri(uri).build(), HttpResponse.BodyHandlers.ofString());
            OpenApi.check(method, uri, answer);
            return new Answer(
                    answer.statusCode(),
                    JsonMapper.shared().readTree(answer.body()),
                    answer.headers().firstValue("Idempotent-Replayed").isPresent());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
