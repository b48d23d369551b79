package dev.peal.server.api;

import dev.peal.app.Apps;
import dev.peal.app.ProgramRoute;
import dev.peal.auth.ApiScope;
import dev.peal.hub.Hub;
import dev.peal.log.RoomLog;
import dev.peal.server.request.Replies;
import dev.peal.session.Sessions;
import dev.peal.store.Store;
import dev.peal.time.Clock;
import dev.peal.time.Owner;
import dev.peal.transport.http.Response;
import dev.peal.transport.http.Routes;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** The operations of the server API, put together. */
public final class ServerApi {
    /** Where all of it lives. */
    static final String PREFIX = "/api/v1";

    private ServerApi() {}

    /**
     * What the operations work on.
     *
     * @param store the API's own part of the server's
     * @param stats the figures of this moment
     */
    public record Parts(
            Apps apps,
            Hub hub,
            RoomLog log,
            Sessions sessions,
            StoredRevocations revocations,
            Store store,
            Supplier<CompletionStage<ServerStats>> stats) {}

    /** Adds every operation, those of the applications too. */
    public static void add(Routes.Builder routes, Guard guard, Parts parts, Clock clock) {
        Hub hub = parts.hub();
        Owner owner = hub.loops().getFirst().owner();
        Once once = new Once(parts.store(), owner, clock);
        once.begin();
        new RoomRoutes(parts.apps(), hub, new RoomHistory(hub, parts.log()), clock).addTo(routes, guard);
        new UserRoutes(parts.sessions(), parts.revocations(), once).addTo(routes, guard);
        routes.get(
                PREFIX + "/stats",
                guard.route(
                        ApiScope.READ,
                        Set.of(),
                        call -> parts.stats().get().thenApply(stats -> Answers.ok(stats.json()))));
        for (ProgramRoute route : parts.apps().programRoutes()) {
            routes.post(route.path(), guard.route(route.scope(), Set.of(), call -> run(route, call)));
        }
    }

    private static CompletionStage<Response> run(ProgramRoute route, Call call) {
        ProgramRoute.Call given =
                new ProgramRoute.Call(call.key().id(), call.request().body());
        return route.handler().handle(given).thenApply(Replies::response);
    }
}
