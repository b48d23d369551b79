package dev.peal.server.fallback;

import dev.peal.app.Apps;
import dev.peal.auth.Identity;
import dev.peal.hub.Loop;
import dev.peal.limit.AddressKey;
import dev.peal.log.RoomKey;
import dev.peal.protocol.CloseReason;
import dev.peal.protocol.ErrorCode;
import dev.peal.protocol.Position;
import dev.peal.server.request.Callers;
import dev.peal.session.Answer;
import dev.peal.session.Arrival;
import dev.peal.session.Entrance;
import dev.peal.session.Notifications;
import dev.peal.session.Opening;
import dev.peal.session.Part;
import dev.peal.session.Session;
import dev.peal.time.Owner;
import dev.peal.transport.http.Refusal;
import dev.peal.transport.http.Request;
import dev.peal.transport.http.Response;
import dev.peal.transport.poll.Poll;
import dev.peal.transport.poll.PollFormat;
import dev.peal.transport.poll.Polled;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Polls that wait for something to come: each a session that watches its rooms until then. Thread-safe; each poll belongs to the loop that it came on. */
final class WaitingPolls {
    private static final String TRANSPORT = "poll";

    private final Server inside;
    private final List<PollFormat> formats;

    WaitingPolls(Server inside) {
        this.inside = inside;
        this.formats =
                inside.hub().loops().stream().map(loop -> new PollFormat()).toList();
    }

    /**
     * What is waited for.
     *
     * @param parts the logs, each from a position
     * @param identity whose poll; null for nobody in particular
     */
    record Wait(List<AtOnce.Part> parts, @Nullable Identity identity, int seconds, int limit) {}

    /** Begins to wait. To be called on the connection's loop. */
    CompletionStage<Response> start(Request request, Wait wait, Loop loop) {
        AddressKey address = AddressKey.of(request.client());
        EventsRoute.admit(inside.limits(), address);
        inside.meters().waitingPolls(1);
        Waiter waiter = new Waiter(address, wait, loop);
        try {
            waiter.begin(request);
        } catch (RuntimeException e) {
            waiter.end();
            throw e;
        }
        return waiter.answer;
    }

    /** One of them. Owned by its loop. */
    private final class Waiter implements Poll.Outcome {
        private final CompletableFuture<Response> answer = new CompletableFuture<>();
        private final AddressKey address;
        private final Wait wait;
        private final Loop loop;
        private final Poll poll;
        private Owner.@Nullable Timer timer;
        private @Nullable Session session;
        private boolean over;

        Waiter(AddressKey address, Wait wait, Loop loop) {
            this.address = address;
            this.wait = wait;
            this.loop = loop;
            List<RoomKey> logs = wait.parts().stream().map(AtOnce.Part::log).toList();
            this.poll = new Poll(formats.get(loop.index()), new Poll.Question(logs, wait.limit(), true), this);
        }

        void begin(Request request) {
            Identity identity = wait.identity();
            AtOnce.Part first = wait.parts().getFirst();
            boolean notified = first.log().kind().equals(Notifications.USER_KIND);
            Position upTo = notified ? first.since().orElse(null) : null;
            Opening opening = new Opening(Apps.ROOT, request.client(), TRANSPORT, Part.WATCHER, notified);
            Session opened = inside.sessions().open(poll, opening, loop);
            session = opened;
            timer = loop.owner().schedule(poll::timeUp, wait.seconds() * 1_000L);
            if (identity != null && inside.revocations().refuses(identity)) {
                closed(CloseReason.INVALID_AUTHENTICATION);
                return;
            }
            opened.arrive(new Arrival(identity, false, null, upTo));
            for (AtOnce.Part part : wait.parts()) {
                Position since = part.since().orElse(null);
                if (part.log().kind().equals(Notifications.USER_KIND) && since != null) {
                    poll.startsAt(part.log(), since);
                } else if (part.log().equals(Notifications.BROADCASTS)) {
                    opened.watchBroadcasts(since, new Told());
                } else {
                    opened.enter(new Entrance(part.log().id(), since), new Told());
                }
            }
            if (!over) {
                request.whenGone(() -> end());
            }
        }

        @Override
        public void done(Polled result) {
            end();
            answer.complete(PolledResponse.of(result));
        }

        @Override
        public void closed(CloseReason reason) {
            end();
            answer.complete(problem(reason).problem().response());
        }

        private void refused(ErrorCode code) {
            end();
            Refusal refusal = switch (code) {
                case FORBIDDEN -> Rooms.forbidden();
                case TOO_MANY_ROOMS -> Refusal.bad(code.wire(), "These are more rooms than one connection may be in.");
                default -> Callers.unavailable(code.message());
            };
            answer.complete(refusal.problem().response());
        }

        private void end() {
            if (over) {
                return;
            }
            over = true;
            poll.terminate();
            if (timer != null) {
                timer.cancel();
            }
            inside.limits().release(address);
            inside.meters().waitingPolls(-1);
            if (session != null) {
                session.gone();
            }
        }

        /** A room has said where it stands; what it holds already comes in this turn, so the next one is the time to look. */
        private final class Told implements Answer {
            @Override
            public void replied(byte[] reply) {
                loop.owner().execute(poll::settle);
            }

            @Override
            public void refused(ErrorCode code, byte[] error, long retryAfterMillis) {
                Waiter.this.refused(code);
            }

            @Override
            public void ended(@Nullable CloseReason reason) {
                // The poll is told by its connection.
            }
        }
    }

    private static Refusal problem(CloseReason reason) {
        return switch (reason) {
            case INVALID_AUTHENTICATION, NOT_AUTHENTICATED, TOKEN_EXPIRED, AUTHENTICATION_TIMEOUT ->
                Callers.notAuthenticated();
            case FORBIDDEN -> Rooms.forbidden();
            default -> Callers.unavailable("The server ended this poll: ask again.");
        };
    }
}
