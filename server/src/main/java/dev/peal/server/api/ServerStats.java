package dev.peal.server.api;

import dev.peal.protocol.JsonWriter;

/**
 * The server as a whole, at one moment.
 *
 * @param uptimeMillis since its start
 * @param connections open WebSockets
 * @param sessions clients on a live transport
 * @param rooms rooms in memory
 * @param waitingBytes bytes that wait for their clients to take them
 * @param writable whether the log takes appends
 */
public record ServerStats(
        long uptimeMillis, long connections, long sessions, long rooms, long waitingBytes, boolean writable) {
    JsonWriter json() {
        return new JsonWriter(256)
                .object()
                .field("uptimeMillis", uptimeMillis)
                .field("connections", connections)
                .field("sessions", sessions)
                .field("rooms", rooms)
                .field("waitingBytes", waitingBytes)
                .field("writable", writable)
                .end();
    }
}
