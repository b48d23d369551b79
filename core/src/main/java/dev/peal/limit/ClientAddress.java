package dev.peal.limit;

import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which address a client has, behind proxies or not. Thread-safe.
 *
 * <p>A proxy appends the address it sees to {@code X-Forwarded-For}, so the list is worth reading from the right, as long as each reporter is a configured
 * proxy; whatever stands further left was written by the client.
 */
public final class ClientAddress {
    /** How many proxies in a row are believed. */
    static final int HOPS_MAX = 32;

    private static final Logger log = LoggerFactory.getLogger(ClientAddress.class);

    private final List<Cidr> trustedProxies;
    private final AtomicBoolean warned = new AtomicBoolean();

    /** @param trustedProxies the networks of {@code http.trustedProxies}; none means that no header is ever believed */
    public ClientAddress(List<Cidr> trustedProxies) {
        this.trustedProxies = List.copyOf(trustedProxies);
    }

    /** Whether what this peer says about others is believed; a PROXY protocol header is read from such a peer alone. */
    public boolean trusted(InetAddress peer) {
        for (Cidr network : trustedProxies) {
            if (network.contains(peer)) {
                return true;
            }
        }
        return false;
    }

    /**
     * The client's address by {@code X-Forwarded-For}: its rightmost entry that is no trusted proxy, if the peer is one. An entry that is no address ends the
     * search at the proxy that reported it.
     *
     * @param peer the other end of the TCP connection, or what {@link #announced} made of it
     * @param forwardedFor the header's values in the order received; usually empty
     */
    public InetAddress forwarded(InetAddress peer, List<String> forwardedFor) {
        if (forwardedFor.isEmpty()) {
            return peer;
        }
        if (!trusted(peer)) {
            warnOnce(peer, "X-Forwarded-For");
            return peer;
        }
        return walk(peer, String.join(",", forwardedFor));
    }

    /**
     * The client's address by the PROXY protocol.
     *
     * @param source the source address in the header
     * @return the source if the peer is a trusted proxy, else the peer
     */
    public InetAddress announced(InetAddress peer, InetAddress source) {
        if (trusted(peer)) {
            return source;
        }
        warnOnce(peer, "a PROXY protocol header");
        return peer;
    }

    private InetAddress walk(InetAddress peer, String list) {
        InetAddress client = peer;
        int end = list.length();
        for (int hop = 0; hop < HOPS_MAX && end >= 0; hop++) {
            int comma = list.lastIndexOf(',', end - 1);
            var entry =
                    IpLiteral.parse(withoutPort(list.substring(comma + 1, end).strip()));
            if (entry.isEmpty()) {
                return client;
            }
            client = entry.get();
            if (!trusted(client)) {
                return client;
            }
            end = comma;
        }
        return client;
    }

    /** Some proxies write {@code 192.0.2.1:4711} and {@code [2001:db8::1]:4711}. */
    private static String withoutPort(String entry) {
        if (entry.startsWith("[")) {
            int bracket = entry.indexOf(']');
            return bracket > 0 && entry.substring(bracket + 1).matches("(:[0-9]{1,5})?")
                    ? entry.substring(1, bracket)
                    : "";
        }
        int colon = entry.indexOf(':');
        boolean port = colon > 0
                && colon == entry.lastIndexOf(':')
                && entry.substring(colon + 1).matches("[0-9]{1,5}");
        return port ? entry.substring(0, colon) : entry;
    }

    private void warnOnce(InetAddress peer, String what) {
        if (warned.compareAndSet(false, true)) {
            log.warn(
                    "{} sent {} but is not in http.trustedProxies: ignored, here and from now on",
                    peer.getHostAddress(),
                    what);
        }
    }
}
