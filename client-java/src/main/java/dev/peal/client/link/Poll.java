package dev.peal.client.link;

import dev.peal.client.json.Json;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/** One request at a time for what came after a position, waiting at the server until something does. Owned by the loop. */
final class Poll {
    private static final String PATH = "/api/messages?limit=200&wait=";
    private static final int GRACE_SECONDS = 15;

    private final Http http;
    private final BiConsumer<HttpResponse<String>, ArrayNode> answers;
    private final Consumer<LinkEnd> broken;
    private @Nullable CompletableFuture<?> running;

    /** Which one is running: what an earlier one still answers is not heard. */
    private long turn;

    Poll(Http http, BiConsumer<HttpResponse<String>, ArrayNode> answers, Consumer<LinkEnd> broken) {
        this.http = http;
        this.answers = answers;
        this.broken = broken;
    }

    boolean running() {
        return running != null;
    }

    /** {@code query} begins with an ampersand, or is empty. */
    void ask(int waitSeconds, String query) {
        long mine = ++turn;
        Duration most = Duration.ofSeconds(waitSeconds + GRACE_SECONDS);
        running = http.get(PATH + waitSeconds + query, most, (response, failure) -> {
            if (mine == turn) {
                running = null;
                answered(response, failure);
            }
        });
    }

    void cancel() {
        turn++;
        if (running != null) {
            running.cancel(true);
            running = null;
        }
    }

    private void answered(@Nullable HttpResponse<String> response, @Nullable Throwable failure) {
        if (response == null) {
            broken.accept(LinkEnd.abnormal("no poll", Failures.progress(failure)));
            return;
        }
        String type = Answers.type(response);
        Optional<ArrayNode> entries = response.statusCode() == 200 && type.startsWith("application/json")
                ? Json.array(response.body())
                : Optional.empty();
        if (entries.isEmpty()) {
            broken.accept(Answers.end(
                    response.statusCode(),
                    type,
                    response.headers().firstValue("Retry-After").orElse("")));
            return;
        }
        for (JsonNode entry : entries.get()) {
            if (Json.message(entry).isEmpty()) {
                broken.accept(new LinkEnd(
                        LinkEnd.ABNORMAL, "not a message of Peal", OptionalLong.empty(), LinkEnd.Progress.REFUSED));
                return;
            }
        }
        answers.accept(response, entries.get());
    }
}
