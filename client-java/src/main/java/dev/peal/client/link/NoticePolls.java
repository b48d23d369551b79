package dev.peal.client.link;

import dev.peal.client.loop.Loop;
import java.net.http.HttpResponse;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Polls broadcasts and the caller's notifications. The first answer holds what was there before: of it only what is unread goes up, as it would after a sign-in on a WebSocket.
 * Owned by the loop.
 */
final class NoticePolls {
    private static final int WAIT_SECONDS = 25;

    private final Consumer<ObjectNode> pushes;
    private final Poll poll;
    private String position = "";
    private boolean started;
    private boolean over;

    NoticePolls(Http http, Loop loop, Consumer<ObjectNode> pushes, Consumer<LinkEnd> broken) {
        this.pushes = pushes;
        this.poll = new Poll(http, loop, this::answered, broken);
    }

    /** Begins once the caller is known; a second call does nothing. */
    void start() {
        if (!started && !over) {
            started = true;
            poll.ask(0, "");
        }
    }

    void close() {
        over = true;
        poll.cancel();
    }

    private void answered(HttpResponse<String> response, ArrayNode entries) {
        long read = position.isEmpty() ? readUpTo(entries) : 0;
        for (JsonNode entry : entries) {
            boolean old = position.isEmpty() && entry.path("offset").asLong(0) <= read;
            if (!old) {
                pushes.accept((ObjectNode) entry);
            }
        }
        position = response.headers().firstValue("Peal-Position").orElse(position);
        if (!over && !position.isEmpty()) {
            poll.later(() -> poll.ask(WAIT_SECONDS, since()));
        }
    }

    /** Two logs, or where nobody is signed in the broadcasts alone. */
    private String since() {
        StringBuilder query = new StringBuilder();
        for (String part : position.split(",", -1)) {
            String one = part.strip();
            query.append("&since=").append(Query.escaped(one.contains("@") ? one : "broadcasts@" + one));
        }
        return query.toString();
    }

    /** A mark that is not on the page is older than all that is, and so is what it marks. */
    private static long readUpTo(ArrayNode entries) {
        long read = 0;
        for (JsonNode entry : entries) {
            if (entry.path("type").stringValue("").equals("notification_read")) {
                read = Math.max(read, entry.path("data").path("offset").asLong(0));
            }
        }
        return read;
    }
}
