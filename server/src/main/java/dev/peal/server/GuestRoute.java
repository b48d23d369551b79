package dev.peal.server;

import dev.peal.auth.GuestTokens;
import dev.peal.auth.Identity;
import dev.peal.transport.http.HttpHandler;
import dev.peal.transport.http.Problem;
import dev.peal.transport.http.Request;
import dev.peal.transport.http.Response;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code POST /api/guest} with {@code {"userName":"Ann"}}: a guest's token (PROTOCOL 1.1). With a valid guest token as Bearer: a new one for the same subject.
 *
 * <p>Thread-safe; answers at once.
 */
record GuestRoute(GuestTokens guests) implements HttpHandler {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String BEARER = "Bearer ";

    @Override
    public CompletionStage<Response> handle(Request request) {
        Optional<String> name = userName(request.body());
        Optional<String> token = request.header("Authorization")
                .filter(value -> value.regionMatches(true, 0, BEARER, 0, BEARER.length()))
                .map(value -> value.substring(BEARER.length()).strip());
        GuestTokens.Result result =
                token.isPresent() ? guests.renew(token.get(), name) : guests.issue(name.orElse(""), request.client());
        return CompletableFuture.completedStage(response(result));
    }

    private static Response response(GuestTokens.Result result) {
        return switch (result) {
            case GuestTokens.Result.Issued issued -> issued(issued.token(), issued.identity());
            case GuestTokens.Result.TooMany many ->
                new Problem(
                                429,
                                "rate_limited",
                                "Too many guests from this address.",
                                Map.of("Retry-After", Long.toString((many.retryAfterMillis() + 999) / 1000)))
                        .response();
            case GuestTokens.Result.BadName bad ->
                Problem.of(
                                400,
                                "bad_name",
                                "userName wants 1 to " + GuestTokens.NAME_CODE_POINTS_MAX + " printable characters.")
                        .response();
            case GuestTokens.Result.Refused refused ->
                new Problem(401, "bad_token", "That is no valid guest token.", Map.of("WWW-Authenticate", "Bearer"))
                        .response();
        };
    }

    private static Response issued(String token, Identity guest) {
        return Response.json(
                200,
                JSON.createObjectNode()
                        .put("token", token)
                        .put("userId", guest.userId())
                        .put("userName", guest.userName())
                        .put("expiresAt", guest.expiresAtMillis())
                        .toString());
    }

    /** The name in the body; nothing where the body is no such object, which is then a name that nobody can have. */
    private static Optional<String> userName(byte[] body) {
        try {
            JsonNode name = JSON.readTree(body).path("userName");
            return name.isString() ? Optional.of(name.stringValue()) : Optional.empty();
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }
}
