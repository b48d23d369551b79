package dev.peal.server.fallback;

import dev.peal.app.Apps;
import dev.peal.auth.Identity;
import dev.peal.hub.Loop;
import dev.peal.protocol.ClientMessage;
import dev.peal.protocol.CloseReason;
import dev.peal.protocol.ErrorCode;
import dev.peal.server.request.Callers;
import dev.peal.server.request.Operation;
import dev.peal.session.Answer;
import dev.peal.session.Arrival;
import dev.peal.session.Opening;
import dev.peal.session.Part;
import dev.peal.session.Session;
import dev.peal.transport.http.Problem;
import dev.peal.transport.http.Refusal;
import dev.peal.transport.http.Request;
import dev.peal.transport.http.Response;
import dev.peal.transport.poll.Visit;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** {@code POST /api/messages}: one message, and its reply as the answer. With a session as if it had come on that session's stream. Thread-safe. */
final class SendRoute implements Operation {
    private static final String TRANSPORT = "poll";
    private static final String SESSION = "Peal-Session";

    private final Server inside;
    private final Callers callers;

    SendRoute(Server inside, Callers callers) {
        this.inside = inside;
        this.callers = callers;
    }

    @Override
    public CompletionStage<Response> run(Request request) throws Refusal {
        Loop loop = inside.here();
        Optional<String> token = Callers.token(request);
        Optional<String> session = request.header(SESSION);
        return callers.judge(request, null, null)
                .thenComposeAsync(
                        identity -> {
                            String proof = token.orElse(null);
                            return session.isPresent()
                                    ? post(session.get(), identity, request.body(), proof)
                                    : visit(request, identity, proof, loop);
                        },
                        loop.owner()::execute);
    }

    private CompletionStage<Response> post(
            String sessionId, Optional<Identity> identity, byte[] message, @Nullable String token) {
        Waiting waiting = new Waiting(() -> {});
        String userId = identity.map(Identity::userId).orElse(null);
        boolean known = sessionId.length() <= ClientMessage.SESSION_ID_LENGTH_MAX
                && inside.sessions().post(sessionId, userId, message, token, waiting);
        return known ? waiting.answer : CompletableFuture.completedStage(unknownSession());
    }

    private CompletionStage<Response> visit(
            Request request, Optional<Identity> identity, @Nullable String token, Loop loop) {
        Opening opening = new Opening(Apps.ROOT, request.client(), TRANSPORT, Part.VISITOR, false);
        Session visitor = inside.sessions().open(Visit.INSTANCE, opening, loop);
        Waiting waiting = new Waiting(visitor::gone);
        visitor.arrive(Arrival.of(identity.orElse(null)));
        visitor.post(request.body(), token, waiting);
        return waiting.answer;
    }

    private static Response unknownSession() {
        return Problem.of(410, "unknown_session", "There is no such session, or it has no stream: open one.")
                .response();
    }

    /** Turns a message's one answer into the response. */
    private static final class Waiting implements Answer {
        private static final String JSON = "application/json";

        private final CompletableFuture<Response> answer = new CompletableFuture<>();
        private final Runnable then;

        Waiting(Runnable then) {
            this.then = then;
        }

        @Override
        public void replied(byte[] reply) {
            done(response(200, reply));
        }

        @Override
        public void refused(ErrorCode code, byte[] error, long retryAfterMillis) {
            Response response = response(status(code), error);
            boolean later = code == ErrorCode.RATE_LIMITED || code == ErrorCode.UNAVAILABLE;
            done(later ? response.with("Retry-After", Callers.seconds(retryAfterMillis)) : response);
        }

        @Override
        public void ended(@Nullable CloseReason reason) {
            boolean proof = reason == CloseReason.INVALID_AUTHENTICATION
                    || reason == CloseReason.NOT_AUTHENTICATED
                    || reason == CloseReason.TOKEN_EXPIRED;
            done(proof ? Callers.notAuthenticated().problem().response() : unknownSession());
        }

        private void done(Response response) {
            answer.complete(response);
            then.run();
        }

        private static Response response(int status, byte[] json) {
            return Response.of(status, JSON, json).with("Cache-Control", "no-store");
        }

        private static int status(ErrorCode code) {
            return switch (code) {
                case INVALID_MESSAGE, UNKNOWN_TYPE, TOO_MANY_ROOMS, INVALID_OPERATION -> 400;
                case NOT_AUTHENTICATED -> 401;
                case FORBIDDEN, NOT_A_MEMBER, READ_ONLY -> 403;
                case NOT_FOUND -> 404;
                case CONFLICT, MESSAGE_ID_REUSED, REVISION_UNKNOWN, REVISION_PRUNED, LIMIT_REACHED -> 409;
                case RATE_LIMITED -> 429;
                case UNAVAILABLE -> 503;
                case INTERNAL_ERROR -> 500;
            };
        }
    }
}
