package dev.peal.client.link;

import dev.peal.client.json.Json;
import dev.peal.client.loop.Loop;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
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

    /** What gathers in between comes with one request; a server counts how often it is asked. */
    private static final int APART_MILLIS = 250;

    private static final int TOO_MANY = 429;
    private static final int AGAIN_MILLIS = 1_000;

    private final Http http;
    private final Loop loop;
    private final BiConsumer<HttpResponse<String>, ArrayNode> answers;
    private final Consumer<LinkEnd> broken;
    private @Nullable CompletableFuture<?> running;
    private Loop.Timer pause = Loop.Timer.NONE;

    /** Which one is running: what an earlier one still answers is not heard. */
    private long turn;

    Poll(Http http, Loop loop, BiConsumer<HttpResponse<String>, ArrayNode> answers, Consumer<LinkEnd> broken) {
        this.http = http;
        this.loop = loop;
        this.answers = answers;
        this.broken = broken;
    }

    /** Asks at once, in place of what is asked now; {@code query} begins with an ampersand, or is empty. */
    void ask(int waitSeconds, String query) {
        cancel();
        long mine = turn;
        Duration most = Duration.ofSeconds(waitSeconds + GRACE_SECONDS);
        running = http.get(PATH + waitSeconds + query, most, (response, failure) -> {
            if (mine == turn) {
                answered(response, failure, () -> ask(waitSeconds, query));
            }
        });
    }

    /** Asks a little later: {@code again} does, unless something else is asked first. */
    void later(Runnable again) {
        later(APART_MILLIS, again);
    }

    private void later(long millis, Runnable again) {
        long mine = ++turn;
        pause = loop.after(millis, () -> {
            if (mine == turn) {
                again.run();
            }
        });
    }

    void cancel() {
        turn++;
        pause.cancel();
        if (running != null) {
            running.cancel(true);
            running = null;
        }
    }

    private void answered(@Nullable HttpResponse<String> response, @Nullable Throwable failure, Runnable again) {
        if (response == null) {
            broken.accept(LinkEnd.abnormal("no poll", Failures.progress(failure)));
            return;
        }
        String type = Answers.type(response);
        String retryAfter = response.headers().firstValue("Retry-After").orElse("");
        if (response.statusCode() == TOO_MANY && type.startsWith(Answers.PROBLEM)) {
            later(Answers.retryAfterMillis(retryAfter).orElse(AGAIN_MILLIS), again);
            return;
        }
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
                broken.accept(LinkEnd.abnormal("not a message of Peal", LinkEnd.Progress.REFUSED));
                return;
            }
        }
        answers.accept(response, entries.get());
    }
}
