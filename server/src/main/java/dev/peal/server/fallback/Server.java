package dev.peal.server.fallback;

import dev.peal.app.Apps;
import dev.peal.auth.Revocations;
import dev.peal.hub.Hub;
import dev.peal.hub.Loop;
import dev.peal.limit.ConnectionLimits;
import dev.peal.log.RoomLog;
import dev.peal.server.request.Callers;
import dev.peal.session.Sessions;
import dev.peal.time.Clock;
import dev.peal.transport.sse.EventStreams;

/**
 * The parts of a server that these routes lead to.
 *
 * @param limits shared with every other transport
 */
public record Server(
        Apps apps,
        Hub hub,
        RoomLog log,
        Sessions sessions,
        Callers callers,
        Revocations revocations,
        ConnectionLimits limits,
        EventStreams streams,
        FallbackMeters meters,
        Clock clock) {
    /** The loop whose thread this is. */
    Loop here() {
        for (Loop loop : hub.loops()) {
            if (loop.owner().inside()) {
                return loop;
            }
        }
        throw new IllegalStateException("not on an event loop");
    }
}
