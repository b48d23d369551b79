package dev.peal.server.fallback;

import dev.peal.app.App;
import dev.peal.app.Apps;
import dev.peal.auth.AuthResult;
import dev.peal.auth.Identity;
import dev.peal.auth.RefusalReason;
import dev.peal.auth.Revocations;
import dev.peal.auth.RoomGlobs;
import dev.peal.limit.AddressLimit;
import dev.peal.limit.ConnectionLimits;
import dev.peal.limit.Limit;
import dev.peal.server.request.Callers;
import dev.peal.server.request.Operation;
import dev.peal.session.SessionConfig;
import dev.peal.testkit.SessionRig;
import dev.peal.transport.http.HttpAnswer;
import dev.peal.transport.http.OpenResponse;
import dev.peal.transport.http.Request;
import dev.peal.transport.http.Response;
import dev.peal.transport.sse.EventStreams;
import dev.peal.transport.sse.StreamConfig;
import dev.peal.transport.sse.StreamMeters;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The routes over hand-cranked loops, so that a test decides what comes between two steps of a request. A token is its user's id. */
final class FallbackRig {
    private static final FallbackConfig CONFIG = new FallbackConfig(30_000, 60);

    private final SessionRig rig;
    private final Revocations revocations;
    private final ConnectionLimits limits;
    private final Server inside;
    private final Operation events;
    private final Operation read;
    private final Operation send;
    private int waitingPolls;
    private int streams;

    FallbackRig(App app, ConnectionLimits limits) {
        this.rig = new SessionRig(List.of(app), 2, SessionConfig.DEFAULT);
        this.limits = limits;
        this.revocations = new Revocations(rig.clock());
        revocations.listen(rig.sessions()::revoke);
        StreamMeters meters = new StreamMeters() {
            @Override
            public void streams(int change) {
                streams += change;
            }

            @Override
            public void streamed(int bytes) {}
        };
        Callers callers = new Callers(
                (credentials, done) -> done.accept(judged(credentials.token())),
                new AddressLimit(Limit.UNLIMITED, rig.clock()),
                reason -> {});
        this.inside = new Server(
                new Apps(List.of(app)),
                rig.hub(),
                rig.log(),
                rig.sessions(),
                callers,
                revocations,
                limits,
                new EventStreams(StreamConfig.DEFAULT, 2, meters),
                change -> waitingPolls += change,
                rig.clock());
        Rooms rooms = new Rooms(inside.apps(), inside.hub());
        this.events = new EventsRoute(inside, callers, new StreamTickets(CONFIG.ticketMillis(), rig.clock()), rooms);
        this.read = new ReadRoute(inside, callers, rooms, CONFIG.waitSecondsMax());
        this.send = new SendRoute(inside, callers);
    }

    private AuthResult judged(@Nullable String token) {
        return token == null
                ? new AuthResult.Refused(RefusalReason.NO_TOKEN)
                : new AuthResult.Authenticated(new Identity(
                        token, token, false, Identity.NEVER, rig.clock().millis(), RoomGlobs.ALL, null));
    }

    /** A request on its way, on the first loop. */
    final class Asked {
        private final List<Runnable> departure = new ArrayList<>();
        private final CompletableFuture<HttpAnswer> answer;
        private @Nullable EmbeddedChannel channel;

        private Asked(Operation operation, HttpMethod method, String path, String user, String body) {
            HttpHeaders headers = new DefaultHttpHeaders().set("Authorization", "Bearer " + user);
            int query = path.indexOf('?');
            Request request = new Request(
                    method,
                    "HTTP/1.1",
                    query < 0 ? path : path.substring(0, query),
                    query < 0 ? "" : path.substring(query + 1),
                    headers,
                    body.getBytes(StandardCharsets.UTF_8),
                    InetAddress.getLoopbackAddress(),
                    false,
                    departure::add);
            List<CompletionStage<? extends HttpAnswer>> begun = new ArrayList<>();
            rig.onLoop(0, () -> begun.add(operation.handler().handle(request)));
            answer = begun.getFirst().<HttpAnswer>thenApply(made -> made).toCompletableFuture();
        }

        boolean answered() {
            return answer.isDone();
        }

        /** The client closes its connection. */
        void leaves() {
            rig.onLoop(0, () -> departure.forEach(Runnable::run));
        }

        private Response response() {
            return (Response) now();
        }

        /** Nobody else would ever complete it. */
        private HttpAnswer now() {
            if (!answer.isDone()) {
                throw new AssertionError("not answered");
            }
            return answer.join();
        }

        byte[] body() {
            return response().body();
        }

        String header(String name) {
            return response().headers().getOrDefault(name, "none");
        }

        /** {@code 200 []} */
        String text() {
            return response().status() + " " + new String(body(), StandardCharsets.UTF_8);
        }

        /** The answer was a stream: what it has carried, once all has come to rest. */
        String streamed() {
            if (channel == null) {
                OpenResponse open = (OpenResponse) now();
                channel = new EmbeddedChannel();
                EmbeddedChannel opened = channel;
                rig.onLoop(0, () -> opened.pipeline().addLast(open.handler()));
            }
            rig.settle();
            StringBuilder text = new StringBuilder();
            for (ByteBuf out = channel.readOutbound(); out != null; out = channel.readOutbound()) {
                text.append(out.toString(StandardCharsets.UTF_8));
                out.release();
            }
            return text.toString();
        }

        /** The client of a stream sends something. */
        void sends(byte[] bytes) {
            EmbeddedChannel open = Objects.requireNonNull(channel, "no stream");
            rig.onLoop(0, () -> open.writeInbound(Unpooled.wrappedBuffer(bytes)));
        }

        /** The answer was to be a stream, and its client has gone by then. */
        void abandoned() {
            ((OpenResponse) now()).abandoned().run();
        }
    }

    Asked events(String query, String user) {
        return new Asked(events, HttpMethod.GET, "/events" + query, user, "");
    }

    Asked read(String query, String user) {
        return new Asked(read, HttpMethod.GET, "/api/messages" + query, user, "");
    }

    /** Sends a message and lets everything come to rest. */
    void say(String room, String text) {
        String message = "{\"type\":\"message\",\"data\":{\"roomId\":\"" + room + "\",\"message\":\"" + text + "\"}}";
        Asked asked = new Asked(send, HttpMethod.POST, "/api/messages", "bob", message);
        rig.settle();
        if (!asked.text().startsWith("200 ")) {
            throw new AssertionError(asked.text());
        }
    }

    /** Where what a query names stands, as the part of a query that says so. */
    String since(String query, String user) {
        Asked asked = read(query, user);
        rig.settle();
        return since(asked);
    }

    /** The same of an answer: what to ask for next. */
    static String since(Asked answered) {
        return Arrays.stream(answered.header("Peal-Position").split(", "))
                .map(position -> "&since=" + position.replace("@", "%40"))
                .collect(Collectors.joining());
    }

    void revoke(String user) {
        revocations.revokeUser(user);
    }

    void settle() {
        rig.settle();
    }

    ConnectionLimits limits() {
        return limits;
    }

    int waitingPolls() {
        return waitingPolls;
    }

    int streams() {
        return streams;
    }

    /** Sessions that are open, of all kinds. */
    long sessions() {
        return rig.openSessions();
    }

    /** Rooms in memory. */
    int rooms() {
        return rig.rooms();
    }
}
