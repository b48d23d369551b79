package dev.peal.client.link;

import dev.peal.client.json.Json;
import dev.peal.client.loop.Loop;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An event stream with a session, and posts to that session. {@code authenticate} opens the stream; its first event is the answer to it. Owned by the loop.
 *
 * <p>The stream stands still while the answer to a {@code join_room} is on its way, so that it comes before the room's entries, as on a WebSocket.
 */
final class SseLink implements Link {
    private static final String EVENTS = "/events";
    private static final String TICKETS = "/api/ticket";
    private static final int USED_TICKET = 401;

    /** A stream without news carries a comment every 15 s: one that carries nothing for so long is dead, however well posts are answered beside it. */
    private static final int SILENCE_MILLIS_MAX = 40_000;

    private final Http http;
    private final Loop loop;
    private final LinkEvents events;
    private final Posts posts;
    private final AckOrder order;
    private final SseParser parser = new SseParser(Json.BYTES_MAX, this::event);
    /** Read and not handed up yet: bounded by what one read gives, as no other is asked for meanwhile. */
    private final ArrayDeque<String> unread = new ArrayDeque<>();

    private CompletableFuture<?> opening = new CompletableFuture<>();
    private Flow.@Nullable Subscription stream;
    private @Nullable JsonNode signInId;
    private Loop.Timer silence = Loop.Timer.NONE;
    private boolean signingIn;
    private boolean ticketed;
    private boolean asked;
    private boolean over;

    SseLink(Http http, Loop loop, LinkEvents events) {
        this.http = http;
        this.loop = loop;
        this.events = events;
        this.order = new AckOrder(events::message);
        this.posts = new Posts(http, this::replied, this::end);
    }

    void open() {
        if (!over) {
            events.open();
        }
    }

    @Override
    public void send(ObjectNode message) {
        if (over) {
            return;
        }
        boolean signIn = message.path("type").stringValue("").equals("authenticate");
        if (signIn) {
            Optional.ofNullable(message.path("data").path("token").stringValue(null))
                    .ifPresent(http::token);
        }
        if (message.path("type").stringValue("").equals("leave_room")) {
            order.left(message.path("data").path("roomId").stringValue(""));
        }
        if (signIn && !signingIn) {
            signingIn = true;
            signInId = message.get("id");
            signIn(message.path("data"));
        } else {
            posts.send(message);
        }
    }

    private void signIn(JsonNode data) {
        String sessionId = data.path("sessionId").stringValue("new");
        if (data.has("token")) {
            http.session(sessionId);
            stream(EVENTS);
            return;
        }
        // Who has no token names itself where a ticket is asked for: an address carries neither.
        ObjectNode wanted = Json.object().put("session", true);
        for (String name : List.of("sessionId", "userId", "userName")) {
            if (data.has(name)) {
                wanted.set(name, data.get(name));
            }
        }
        opening = http.post(TICKETS, wanted, this::ticket);
    }

    private void ticket(@Nullable HttpResponse<String> response, @Nullable Throwable failure) {
        if (response == null) {
            end(LinkEnd.abnormal("no ticket", Failures.progress(failure)));
            return;
        }
        Optional<String> ticket =
                Json.read(response.body()).map(body -> body.path("ticket").stringValue(""));
        if (response.statusCode() != 200 || ticket.isEmpty() || ticket.get().isEmpty()) {
            end(refused(response));
        } else if (!over) {
            ticketed = true;
            stream(EVENTS + "?ticket=" + URLEncoder.encode(ticket.get(), StandardCharsets.UTF_8));
        }
    }

    private static LinkEnd refused(HttpResponse<?> response) {
        return Answers.end(
                response.statusCode(),
                Answers.type(response),
                response.headers().firstValue("Retry-After").orElse(""));
    }

    private void stream(String pathAndQuery) {
        opening = http.stream(pathAndQuery, this::opened);
    }

    private void opened(
            @Nullable HttpResponse<Flow.Publisher<List<ByteBuffer>>> response, @Nullable Throwable failure) {
        if (response == null) {
            end(LinkEnd.abnormal("no stream", Failures.progress(failure)));
            return;
        }
        response.body().subscribe(new Body());
        if (ticketed && response.statusCode() == USED_TICKET) {
            // The HTTP client repeats a GET whose connection was cut; the first one had the ticket already. Another
            // ticket will do.
            end(LinkEnd.abnormal("the ticket was used already", LinkEnd.Progress.OPENED));
        } else if (response.statusCode() != 200 || !Answers.type(response).startsWith("text/event-stream")) {
            end(refused(response));
        }
    }

    /** What was read goes up as far as it may; then the next is asked for. */
    private void read() {
        while (!over && !posts.expects("join_room")) {
            String data = unread.poll();
            if (data == null) {
                ask();
                return;
            }
            push(data);
        }
    }

    private void ask() {
        if (stream != null && !asked) {
            asked = true;
            silence = loop.after(
                    SILENCE_MILLIS_MAX, () -> end(LinkEnd.abnormal("the stream is silent", LinkEnd.Progress.OPENED)));
            stream.request(1);
        }
    }

    private void event(SseParser.Event event) {
        unread.add(event.data());
    }

    private void push(String data) {
        Optional<ObjectNode> read = Json.message(data);
        if (read.isEmpty()) {
            end(LinkEnd.abnormal("not a message of Peal", LinkEnd.Progress.REFUSED));
            return;
        }
        ObjectNode message = read.get();
        switch (message.path("type").stringValue("")) {
            case "close" ->
                end(new LinkEnd(
                        message.path("data").path("code").asInt(LinkEnd.ABNORMAL),
                        message.path("data").path("reason").stringValue(""),
                        OptionalLong.empty(),
                        LinkEnd.Progress.OPENED));
            case "authenticated" -> signedIn(message);
            default -> order.push(message);
        }
    }

    private void signedIn(ObjectNode message) {
        Optional.ofNullable(message.path("data").path("sessionId").stringValue(null))
                .ifPresent(http::session);
        if (signInId != null) {
            message.set("id", signInId);
        }
        events.message(message);
    }

    private void replied(ObjectNode sent, ObjectNode reply) {
        if (reply.path("type").stringValue("").equals("joined")) {
            JsonNode from = Joins.from(sent, reply);
            order.joined(
                    reply.path("data").path("roomId").stringValue(""),
                    from.path("offset").asLong(0));
        }
        order.reply(sent, reply);
        if (sent.path("type").stringValue("").equals("join_room")) {
            loop.execute(this::read);
        }
    }

    @Override
    public void close(int code, String reason) {
        over = true;
        posts.close();
        order.close();
        unread.clear();
        silence.cancel();
        opening.cancel(true);
        if (stream != null) {
            stream.cancel();
        }
    }

    private void end(LinkEnd end) {
        if (!over) {
            close(end.code(), end.reason());
            events.closed(end);
        }
    }

    /** The stream's bytes, on the HTTP client's threads: each read goes to the loop before the next is asked for. */
    private final class Body implements Flow.Subscriber<List<ByteBuffer>> {
        @Override
        public void onSubscribe(Flow.Subscription begun) {
            loop.execute(() -> {
                if (over) {
                    begun.cancel();
                } else {
                    stream = begun;
                    ask();
                }
            });
        }

        @Override
        public void onNext(List<ByteBuffer> buffers) {
            loop.execute(() -> {
                asked = false;
                silence.cancel();
                boolean within = buffers.stream().allMatch(parser::take);
                if (within) {
                    read();
                } else {
                    end(LinkEnd.abnormal("too long an event", LinkEnd.Progress.OPENED));
                }
            });
        }

        @Override
        public void onError(Throwable failure) {
            loop.execute(() -> ended("lost"));
        }

        @Override
        public void onComplete() {
            loop.execute(() -> ended("ended"));
        }

        private void ended(String how) {
            end(LinkEnd.abnormal("the stream " + how, LinkEnd.Progress.OPENED));
        }
    }
}
