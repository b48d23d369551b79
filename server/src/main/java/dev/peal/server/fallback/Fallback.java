package dev.peal.server.fallback;

import dev.peal.server.request.Callers;
import dev.peal.server.request.Operation;
import dev.peal.transport.http.Routes;
import dev.peal.websocket.SiteRules;
import io.netty.handler.codec.http.HttpMethod;
import java.util.Map;

/** The routes for clients without a WebSocket, put together. */
public final class Fallback {
    private Fallback() {}

    /** Adds every route, for pages of the allowed origins too. */
    public static void add(Routes.Builder routes, SiteRules site, FallbackConfig config, Server inside) {
        Callers callers = inside.callers();
        StreamTickets tickets = new StreamTickets(config.ticketMillis(), inside.clock());
        Rooms rooms = new Rooms(inside.apps(), inside.hub());
        Operation ticket = new TicketRoute(callers, tickets);
        Operation events = new EventsRoute(inside, callers, tickets, rooms);
        Operation read = new ReadRoute(inside, callers, rooms, config.waitSecondsMax());
        Operation send = new SendRoute(inside, callers);
        routes.fromPages("/api/ticket", site, Map.of(HttpMethod.POST, ticket.handler()));
        routes.fromPages("/events", site, Map.of(HttpMethod.GET, events.handler()));
        routes.fromPages(
                "/api/messages", site, Map.of(HttpMethod.GET, read.handler(), HttpMethod.POST, send.handler()));
    }
}
