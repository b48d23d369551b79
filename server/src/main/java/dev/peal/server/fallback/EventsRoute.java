package dev.peal.server.fallback;

import dev.peal.app.Apps;
import dev.peal.auth.Identity;
import dev.peal.hub.Loop;
import dev.peal.limit.AddressKey;
import dev.peal.limit.ConnectionLimits;
import dev.peal.protocol.ClientMessage;
import dev.peal.protocol.CloseReason;
import dev.peal.protocol.Position;
import dev.peal.server.request.Callers;
import dev.peal.server.request.Operation;
import dev.peal.session.Arrival;
import dev.peal.session.Entrance;
import dev.peal.session.Opening;
import dev.peal.session.Part;
import dev.peal.session.Session;
import dev.peal.transport.http.HttpAnswer;
import dev.peal.transport.http.OpenResponse;
import dev.peal.transport.http.Refusal;
import dev.peal.transport.http.Request;
import dev.peal.transport.http.Response;
import dev.peal.transport.sse.EventStream;
import dev.peal.transport.sse.EventStreams;
import io.netty.handler.codec.http.HttpMethod;
import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** {@code GET /events}: an event stream, which is a session's connection. Thread-safe. */
final class EventsRoute implements Operation {
    private static final String TRANSPORT = "sse";
    private static final String TYPE = "text/event-stream; charset=utf-8";
    private static final String SESSION = "Peal-Session";
    private static final String NEW = "new";

    private final Server inside;
    private final Callers callers;
    private final StreamTickets tickets;
    private final Rooms rooms;

    EventsRoute(Server inside, Callers callers, StreamTickets tickets, Rooms rooms) {
        this.inside = inside;
        this.callers = callers;
        this.tickets = tickets;
        this.rooms = rooms;
    }

    /** What a stream is to carry. */
    private record Wanted(Ask ask, boolean named, InetAddress client) {}

    @Override
    public CompletionStage<? extends HttpAnswer> run(Request request) throws Refusal {
        if (HttpMethod.HEAD.equals(request.method())) {
            return CompletableFuture.completedStage(Response.of(200, TYPE, new byte[0]));
        }
        callers.countRead(request);
        Ask ask = Ask.of(request).resumed(request);
        Wanted wanted = new Wanted(ask, named(ask), request.client());
        Loop loop = inside.here();
        return arrival(request, ask)
                .thenCompose(arrival -> rooms.check(Callers.caller(arrival.identity()), ask.rooms())
                        .thenApplyAsync(open -> opened(wanted, arrival, loop), loop.owner()::execute));
    }

    private static boolean named(Ask ask) throws Refusal {
        Optional<String> events = ask.text("events");
        if (events.isPresent() && !events.get().equals("named")) {
            throw Refusal.bad("bad_events", "events is named, or left out.");
        }
        return events.isPresent();
    }

    private CompletionStage<Arrival> arrival(Request request, Ask ask) throws Refusal {
        Optional<String> ticket = ask.text("ticket");
        if (ticket.isPresent()) {
            Arrival arrival = tickets.redeem(ticket.get()).orElseThrow(Callers::notAuthenticated);
            return CompletableFuture.completedStage(
                    new Arrival(arrival.identity(), arrival.session(), arrival.sessionId(), upTo(ask)));
        }
        Optional<String> session = request.header(SESSION);
        boolean wanted = session.isPresent();
        String sessionId = session.filter(id -> !id.equals(NEW)).orElse(null);
        if (sessionId != null && (sessionId.isEmpty() || sessionId.length() > ClientMessage.SESSION_ID_LENGTH_MAX)) {
            throw Refusal.bad("bad_session", "Peal-Session is new, or the id of a session.");
        }
        return callers.judge(request, null, null)
                .thenApply(identity -> new Arrival(identity.orElse(null), wanted, sessionId, upTo(ask)));
    }

    /** A stream without rooms says of each notification where it stands in their log. */
    private static @Nullable Position upTo(Ask ask) {
        return ask.rooms().isEmpty() ? ask.sinceOnly(Logs.NOTIFICATIONS).orElse(null) : null;
    }

    /** On the connection's loop. */
    private HttpAnswer opened(Wanted wanted, Arrival arrival, Loop loop) {
        AddressKey address = AddressKey.of(wanted.client());
        ConnectionLimits limits = inside.limits();
        admit(limits, address);
        boolean session = arrival.session() || arrival.sessionId() != null;
        EventStreams.Ids ids =
                session || wanted.ask().rooms().size() > 1 ? EventStreams.Ids.RUNS : EventStreams.Ids.EACH;
        EventStream stream = inside.streams().stream(
                loop.index(),
                ids,
                wanted.named(),
                connection -> begin(connection, wanted, arrival, session, loop),
                () -> limits.release(address));
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", TYPE);
        headers.put("Cache-Control", "no-store");
        headers.put("X-Accel-Buffering", "no");
        return new OpenResponse(headers, stream, () -> limits.release(address));
    }

    static void admit(ConnectionLimits limits, AddressKey address) {
        switch (limits.acquire(address)) {
            case ADMITTED -> {}
            case ADDRESS_FULL ->
                throw new CompletionException(Refusal.of(
                        429,
                        "too_many_connections",
                        "Too many connections from this address.",
                        Map.of("Retry-After", "5")));
            case SERVER_FULL ->
                throw new CompletionException(Callers.unavailable("The server has as many connections as it may."));
        }
    }

    private Session begin(EventStream stream, Wanted wanted, Arrival arrival, boolean session, Loop loop) {
        boolean notified = session || wanted.ask().rooms().isEmpty();
        Opening opening = new Opening(Apps.ROOT, wanted.client(), TRANSPORT, Part.MEMBER, notified);
        Session begun = inside.sessions().open(stream, opening, loop);
        Identity identity = arrival.identity();
        if (identity != null && inside.revocations().refuses(identity)) {
            begun.close(CloseReason.INVALID_AUTHENTICATION);
            return begun;
        }
        try {
            begun.arrive(arrival);
            begun.enter(wanted.ask().rooms().stream()
                    .map(room -> new Entrance(room, wanted.ask().since(room).orElse(null)))
                    .iterator());
        } catch (RuntimeException e) {
            begun.gone(); // the stream, whose opening fails by this, never knew it
            throw e;
        }
        return begun;
    }
}
