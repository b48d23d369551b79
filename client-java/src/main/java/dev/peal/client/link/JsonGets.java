package dev.peal.client.link;

import dev.peal.client.json.Json;
import dev.peal.client.loop.Loop;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/** Questions over HTTP that anybody may ask, answered with JSON. Owned by the loop. */
public final class JsonGets {
    private static final Duration ANSWER_MAX = Duration.ofSeconds(15);
    private static final int OK = 200;

    private final Http http;

    public JsonGets(HttpClient client, Target target, Loop loop) {
        http = new Http(client, target, loop);
    }

    /** Empty: no answer, or another one than was asked for. On the loop. */
    public void get(String pathAndQuery, Consumer<Optional<JsonNode>> then) {
        http.get(pathAndQuery, ANSWER_MAX, (response, failure) -> {
            boolean answered = response != null && response.statusCode() == OK;
            then.accept(answered ? Json.value(response.body()) : Optional.empty());
        });
    }
}
