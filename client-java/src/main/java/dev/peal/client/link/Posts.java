package dev.peal.client.link;

import dev.peal.client.json.Json;
import java.net.http.HttpResponse;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Sends messages by POST, one after the other, so that their order holds; hands up each one's reply. Owned by the loop. */
final class Posts {
    private static final String PATH = "/api/messages";
    private static final int GONE = 410;
    private static final int UNAUTHORIZED = 401;
    private static final int TOO_LARGE = 413;

    private final Http http;
    private final BiConsumer<ObjectNode, ObjectNode> replies;
    private final Consumer<LinkEnd> broken;
    private final ArrayDeque<ObjectNode> waiting = new ArrayDeque<>();
    private @Nullable ObjectNode onItsWay;
    private boolean over;

    /**
     * @param replies takes what was sent and what was answered
     * @param broken called once, where the server cannot be spoken to in this way any more
     */
    Posts(Http http, BiConsumer<ObjectNode, ObjectNode> replies, Consumer<LinkEnd> broken) {
        this.http = http;
        this.replies = replies;
        this.broken = broken;
    }

    void send(ObjectNode message) {
        if (!over) {
            waiting.add(message);
            next();
        }
    }

    /** Whether a message of this type waits for its answer. */
    boolean expects(String type) {
        return onItsWay != null && type.equals(onItsWay.path("type").stringValue(""));
    }

    void close() {
        over = true;
        waiting.clear();
    }

    private void next() {
        if (onItsWay != null || over) {
            return;
        }
        ObjectNode message = waiting.poll();
        if (message != null) {
            onItsWay = message;
            http.post(PATH, message, (response, failure) -> answered(message, response, failure));
        }
    }

    private void answered(ObjectNode message, @Nullable HttpResponse<String> response, @Nullable Throwable failure) {
        if (over) {
            return;
        }
        if (response == null) {
            end(LinkEnd.abnormal("not sent", Failures.progress(failure)));
            return;
        }
        Optional<ObjectNode> reply = reply(message, response);
        if (reply.isEmpty()) {
            return;
        }
        onItsWay = null;
        replies.accept(message, reply.get());
        next();
    }

    /** Empty where the answer was the end. */
    private Optional<ObjectNode> reply(ObjectNode message, HttpResponse<String> response) {
        String type = Answers.type(response);
        Optional<ObjectNode> body = Json.read(response.body());
        if (type.startsWith("application/json") && body.flatMap(Json::message).isPresent()) {
            ObjectNode reply = body.get();
            if (message.has("id")) {
                reply.set("id", message.get("id"));
            }
            return Optional.of(reply);
        }
        int status = response.statusCode();
        boolean refused = type.startsWith(Answers.PROBLEM) && status != GONE && status != UNAUTHORIZED;
        // Whoever says so, a proxy in front too, will say it of this message each time; the next one may be shorter.
        if (!refused && status != TOO_LARGE) {
            end(Answers.end(status, type, retryAfter(response)));
            return Optional.empty();
        }
        return Optional.of(error(message, status, body.orElseGet(Json::object), retryAfter(response)));
    }

    /** A refusal that came as problem details is the error that it would have been on a WebSocket. */
    private static ObjectNode error(ObjectNode message, int status, ObjectNode problem, String retryAfter) {
        ObjectNode error = Json.object().put("type", "error");
        if (message.has("id")) {
            error.set("id", message.get("id"));
        }
        OptionalLong after = Answers.retryAfterMillis(retryAfter);
        ObjectNode data = error.putObject("data")
                .put(
                        "code",
                        problem.path("code").stringValue(status == TOO_LARGE ? "body_too_large" : "http_" + status))
                .put("message", problem.path("detail").stringValue("Refused with " + status))
                .put("retry", status == 429 || status >= 500);
        after.ifPresent(millis -> data.put("retryAfterMs", millis));
        return error;
    }

    private static String retryAfter(HttpResponse<?> response) {
        return response.headers().firstValue("Retry-After").orElse("");
    }

    private void end(LinkEnd end) {
        close();
        broken.accept(end);
    }
}
