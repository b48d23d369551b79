package dev.peal.server.fallback;

import dev.peal.app.Caller;
import dev.peal.auth.Identity;
import dev.peal.hub.Loop;
import dev.peal.log.RoomKey;
import dev.peal.protocol.Recovery;
import dev.peal.server.request.Callers;
import dev.peal.server.request.Operation;
import dev.peal.session.Notifications;
import dev.peal.transport.http.Refusal;
import dev.peal.transport.http.Request;
import dev.peal.transport.http.Response;
import dev.peal.transport.poll.Polled;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** {@code GET /api/messages}: what stands in logs, at once or as soon as something does. Thread-safe. */
final class ReadRoute implements Operation {
    private static final int WAIT_SECONDS_MAX = 60;
    private static final int LIMIT_MAX = 200;
    private static final int LIMIT_WAITING = 200;

    private final Server inside;
    private final Callers callers;
    private final Rooms rooms;
    private final AtOnce atOnce;
    private final WaitingPolls waiting;
    private final int waitSecondsMax;

    ReadRoute(Server inside, Callers callers, Rooms rooms, int waitSecondsMax) {
        this.inside = inside;
        this.callers = callers;
        this.rooms = rooms;
        this.atOnce = new AtOnce(inside.hub(), inside.log());
        this.waiting = new WaitingPolls(inside);
        this.waitSecondsMax = waitSecondsMax;
    }

    @Override
    public CompletionStage<Response> run(Request request) throws Refusal {
        callers.countRead(request);
        Ask ask = Ask.of(request);
        int waitSeconds = Math.min(ask.number("wait", 0, WAIT_SECONDS_MAX, 0), waitSecondsMax);
        int limit = ask.number("limit", 1, LIMIT_MAX, 0);
        Loop loop = inside.here();
        return callers.judge(request, null, null).thenCompose(identity -> {
            Caller caller = Callers.caller(identity.orElse(null));
            return rooms.check(caller, ask.rooms())
                    .thenComposeAsync(
                            open -> read(request, ask, identity, waitSeconds, limit, loop), loop.owner()::execute);
        });
    }

    private CompletionStage<Response> read(
            Request request, Ask ask, Optional<Identity> identity, int waitSeconds, int limit, Loop loop) {
        List<AtOnce.Part> parts = parts(ask, identity);
        boolean allSince = parts.stream().allMatch(part -> part.since().isPresent());
        if (waitSeconds == 0 || !allSince) {
            return atOnce.read(parts, limit).thenApply(polled -> PolledResponse.cached(polled, request));
        }
        WaitingPolls.Wait wait =
                new WaitingPolls.Wait(parts, identity.orElse(null), waitSeconds, limit == 0 ? LIMIT_WAITING : limit);
        if (!ask.rooms().isEmpty()) {
            return waiting.start(request, wait, loop);
        }
        // A user's notifications have no members to be told where they stand: that is looked up first.
        return atOnce.read(parts, limit)
                .thenComposeAsync(
                        polled -> nothing(polled)
                                ? waiting.start(request, wait, loop)
                                : CompletableFuture.completedStage(PolledResponse.of(polled)),
                        loop.owner()::execute);
    }

    private static boolean nothing(Polled polled) {
        return polled.entries().length == 0
                && polled.rooms().stream().noneMatch(stand -> stand.recovery() instanceof Recovery.Lost);
    }

    private static List<AtOnce.Part> parts(Ask ask, Optional<Identity> identity) {
        if (!ask.rooms().isEmpty()) {
            return ask.rooms().stream()
                    .map(room -> new AtOnce.Part(Logs.room(room), ask.since(room)))
                    .toList();
        }
        if (identity.isEmpty()) {
            return List.of(new AtOnce.Part(Notifications.BROADCASTS, ask.sinceOnly(Logs.BROADCASTS)));
        }
        if (ask.namesNone()) {
            throw new CompletionException(Ask.badSince());
        }
        RoomKey own = Notifications.logOf(identity.get().userId());
        return List.of(
                new AtOnce.Part(own, ask.since(Logs.NOTIFICATIONS)),
                new AtOnce.Part(Notifications.BROADCASTS, ask.since(Logs.BROADCASTS)));
    }
}
