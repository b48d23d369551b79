package dev.peal.session;

import java.net.InetAddress;
import java.util.Set;

/**
 * How a connection was opened.
 *
 * @param path the path of the request, without its query; one of the applications' paths
 * @param client the client's address, as far as it is known for certain
 * @param transport the transport's name, such as {@code ws}
 * @param part what it is in its rooms
 * @param notified whether it gets its user's notifications
 */
public record Opening(String path, InetAddress client, String transport, Part part, boolean notified) {
    private static final Set<String> PLAIN_HTTP = Set.of("sse", "poll");

    /** A connection for everything. */
    public Opening(String path, InetAddress client, String transport) {
        this(path, client, transport, Part.MEMBER, true);
    }

    /** There are as many paths as applications: each connection shares its own, and keeps no copy of what its request said. */
    public Opening {
        path = path.intern();
    }

    /** Whether it came without a WebSocket. */
    boolean plainHttp() {
        return PLAIN_HTTP.contains(transport);
    }

    /** The address for people who look, such as {@code 192.0.2.7}. */
    public String address() {
        return client.getHostAddress();
    }
}
