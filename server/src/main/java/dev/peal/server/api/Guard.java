package dev.peal.server.api;

import dev.peal.auth.ApiKey;
import dev.peal.auth.ApiKeys;
import dev.peal.auth.ApiScope;
import dev.peal.limit.AddressKey;
import dev.peal.limit.AddressLimit;
import dev.peal.limit.Limit;
import dev.peal.time.Clock;
import dev.peal.transport.http.HttpAnswer;
import dev.peal.transport.http.HttpHandler;
import dev.peal.transport.http.PathHandler;
import dev.peal.transport.http.Problem;
import dev.peal.transport.http.Refusal;
import dev.peal.transport.http.Request;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * Stands before every operation: no key in the address, a good key in the header, the scope that the operation asks for, a query that it knows. Thread-safe.
 *
 * <p>An address that sends wrong keys is told to slow down; a good key from the same address (a proxy, a house) is taken all the same, since guessing 256 bits is
 * hopeless at any speed and the limit is there against noise.
 */
public final class Guard {
    private static final Limit WRONG_KEYS = Limit.of(30, Duration.ofMinutes(1));
    private static final String BEARER = "Bearer ";

    private final ApiKeys keys;
    private final AddressLimit wrongKeys;
    private final Consumer<String> refused;

    /** Does what a good request asks for. Must not block; what is wrong with the request is thrown. */
    @FunctionalInterface
    interface Operation {
        CompletionStage<? extends HttpAnswer> run(Call call) throws Refusal;
    }

    /** @param refused told the code of each request that was refused here; for counting */
    public Guard(ApiKeys keys, Clock clock, Consumer<String> refused) {
        this.keys = keys;
        this.wrongKeys = new AddressLimit(WRONG_KEYS, clock);
        this.refused = refused;
    }

    /** Puts a key before a handler that takes no query. */
    public HttpHandler before(ApiScope scope, HttpHandler handler) {
        return request -> run(scope, Set.of(), request, List.of(), call -> handler.handle(call.request()));
    }

    /**
     * An operation as a route.
     *
     * @param scope what its key must have
     * @param parameters the names that its query may have
     */
    HttpHandler route(ApiScope scope, Set<String> parameters, Operation operation) {
        return request -> run(scope, parameters, request, List.of(), operation);
    }

    /** The same for a path with parameters. */
    PathHandler pathRoute(ApiScope scope, Set<String> parameters, Operation operation) {
        return (request, values) -> run(scope, parameters, request, values, operation);
    }

    private CompletionStage<? extends HttpAnswer> run(
            ApiScope scope, Set<String> parameters, Request request, List<String> values, Operation operation) {
        try {
            Query.refuseKeys(request.query());
            ApiKey key = key(request);
            if (!key.scopes().contains(scope)) {
                throw Refusal.of(403, "out_of_scope", "This key lacks the scope " + scope.label() + ".");
            }
            return operation.run(new Call(key, request, values, Query.read(request.query(), parameters)));
        } catch (Refusal refusal) {
            Problem problem = refusal.problem();
            refused.accept(problem.reason());
            return CompletableFuture.completedStage(problem.response());
        }
    }

    private ApiKey key(Request request) throws Refusal {
        List<String> given = request.headers().getAll("Authorization");
        if (given.isEmpty()) {
            throw unauthorized("missing_key", "An API key is needed: Authorization: Bearer pk_….");
        }
        String value = given.get(0);
        boolean bearer = given.size() == 1 && value.regionMatches(true, 0, BEARER, 0, BEARER.length());
        return keys.find(bearer ? value.substring(BEARER.length()).strip() : "").orElseThrow(() -> wrong(request));
    }

    private Refusal wrong(Request request) {
        long waitMillis = wrongKeys.tryTake(AddressKey.of(request.client()));
        return waitMillis == 0
                ? unauthorized("wrong_key", "That is no API key of this server, or it was revoked.")
                : Refusal.of(
                        429,
                        "rate_limited",
                        "Too many wrong keys from this address.",
                        Map.of("Retry-After", Long.toString((waitMillis + 999) / 1000)));
    }

    private static Refusal unauthorized(String code, String detail) {
        return Refusal.of(401, code, detail, Map.of("WWW-Authenticate", "Bearer"));
    }
}
