package dev.peal.server.route;

import dev.peal.app.Caller;
import dev.peal.app.HttpCall;
import dev.peal.app.HttpRoute;
import dev.peal.limit.AddressKey;
import dev.peal.server.request.Callers;
import dev.peal.server.request.JsonBody;
import dev.peal.server.request.Operation;
import dev.peal.server.request.Replies;
import dev.peal.transport.http.PathHandler;
import dev.peal.transport.http.PercentText;
import dev.peal.transport.http.Refusal;
import dev.peal.transport.http.Request;
import dev.peal.transport.http.Routes;
import dev.peal.websocket.SiteRules;
import io.netty.handler.codec.http.HttpMethod;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Puts the applications' routes on the edge, for pages of the allowed origins too. Thread-safe. */
public final class AppRoutes {
    /** Names the caller in open mode; percent-encoded UTF-8, as in a path. */
    private static final String USER = "Peal-User";

    private static final Map<HttpRoute.Method, HttpMethod> METHODS = new EnumMap<>(Map.of(
            HttpRoute.Method.GET, HttpMethod.GET,
            HttpRoute.Method.POST, HttpMethod.POST,
            HttpRoute.Method.PUT, HttpMethod.PUT,
            HttpRoute.Method.PATCH, HttpMethod.PATCH,
            HttpRoute.Method.DELETE, HttpMethod.DELETE));

    private final Callers callers;
    private final Writes writes;

    private AppRoutes(Callers callers, Writes writes) {
        this.callers = callers;
        this.writes = writes;
    }

    /**
     * Adds every route.
     *
     * @throws IllegalArgumentException if two have one path and method, or one is the server's own
     */
    public static void add(
            Routes.Builder routes, SiteRules site, Callers callers, Writes writes, List<HttpRoute> given) {
        AppRoutes all = new AppRoutes(callers, writes);
        Map<String, Map<HttpMethod, PathHandler>> byPath = new LinkedHashMap<>();
        for (HttpRoute route : given) {
            HttpMethod method = METHODS.get(route.method());
            // Two names of a parameter are one path: the methods of both belong into one preflight.
            String path = route.path().replaceAll("\\{[^/]*}", "{}");
            PathHandler other = byPath.computeIfAbsent(path, p -> new HashMap<>())
                    .putIfAbsent(
                            method,
                            (request, values) ->
                                    all.operation(route, values).handler().handle(request));
            if (other != null) {
                throw new IllegalArgumentException("two handlers for " + method + " " + route.path());
            }
        }
        byPath.forEach((path, handlers) -> {
            if (path.contains("{")) {
                routes.templateFromPages(path, site, handlers);
            } else {
                Map<HttpMethod, dev.peal.transport.http.HttpHandler> exact = new HashMap<>();
                handlers.forEach((method, handler) -> exact.put(method, request -> handler.handle(request, List.of())));
                routes.fromPages(path, site, exact);
            }
        });
    }

    private Operation operation(HttpRoute route, List<String> values) {
        return request -> {
            boolean read = route.method() == HttpRoute.Method.GET;
            if (read) {
                callers.countRead(request);
            }
            HttpCall call = new HttpCall(
                    AddressKey.of(request.client()),
                    named(route.parameters(), values),
                    Parameters.of(request.query()),
                    JsonBody.object(request.body()));
            return caller(route, request)
                    .thenCompose(caller -> {
                        if (!read) {
                            count(caller, call);
                        }
                        return route.handler().handle(caller, call);
                    })
                    .thenApply(Replies::response);
        };
    }

    /** A token that is sent must be good, even where none is asked for. */
    private CompletionStage<Caller> caller(HttpRoute route, Request request) throws Refusal {
        boolean unnamed = request.headers().getAll(USER).isEmpty()
                && Callers.token(request).isEmpty();
        return route.access() == HttpRoute.Access.ANYBODY && unnamed
                ? CompletableFuture.completedStage(Callers.caller(null))
                : callers.judge(request, claimed(request), null)
                        .thenApply(identity -> Callers.caller(identity.orElse(null)));
    }

    private void count(Caller caller, HttpCall call) {
        long waitMillis = writes.tryTake(caller.userId(), call.address());
        if (waitMillis > 0) {
            throw new CompletionException(Callers.tooOften("Too many changes by this user.", waitMillis));
        }
    }

    /** Whom an unnamed caller says it is; the authenticator believes it in open mode alone. */
    private static @Nullable String claimed(Request request) throws Refusal {
        List<String> given = request.headers().getAll(USER);
        if (given.isEmpty()) {
            return null;
        }
        Optional<String> user = given.size() == 1 ? PercentText.decode(given.getFirst()) : Optional.empty();
        return user.orElseThrow(Callers::notAuthenticated);
    }

    private static Map<String, String> named(List<String> names, List<String> values) {
        Map<String, String> parameters = new HashMap<>();
        for (int i = 0; i < names.size(); i++) {
            parameters.put(names.get(i), values.get(i));
        }
        return parameters;
    }
}
