package dev.peal.transport.http;

import io.netty.handler.codec.http.HttpHeaders;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whose request it is. Behind trusted proxies: the rightmost entry of {@code X-Forwarded-For} that is none of them, since each proxy appends the peer that it
 * saw and all further left is the client's own invention. A forwarded header from anyone else is ignored, and said once.
 *
 * <p>Thread-safe.
 */
final class ClientAddresses {
    private static final Logger LOG = LoggerFactory.getLogger(ClientAddresses.class);
    private static final String FORWARDED_FOR = "X-Forwarded-For";
    private static final String FORWARDED_PROTO = "X-Forwarded-Proto";
    private static final int ENTRIES_MAX = 32;

    private final TrustedProxies trusted;
    private final AtomicBoolean warned = new AtomicBoolean();

    ClientAddresses(TrustedProxies trusted) {
        this.trusted = trusted;
    }

    /** The address of the client of a request that came from this peer. */
    InetAddress client(InetAddress peer, HttpHeaders headers) {
        List<String> lines = headers.getAll(FORWARDED_FOR);
        if (lines.isEmpty()) {
            return peer;
        }
        if (!trusted.contains(peer)) {
            warnOnce(peer);
            return peer;
        }
        String[] hops = String.join(",", lines).split(",", -1);
        InetAddress nearest = peer;
        for (int i = hops.length - 1; i >= Math.max(0, hops.length - ENTRIES_MAX); i--) {
            Optional<InetAddress> hop = address(hops[i].strip());
            if (hop.isEmpty()) {
                return nearest; // what is no address was not written by a proxy that we trust
            }
            nearest = hop.get();
            if (!trusted.contains(nearest)) {
                return nearest;
            }
        }
        return nearest;
    }

    /** Whether the client's own connection, to us or to the trusted proxy, is encrypted. */
    boolean secure(InetAddress peer, boolean tls, HttpHeaders headers) {
        String proto = headers.get(FORWARDED_PROTO);
        return proto != null && trusted.contains(peer) ? proto.equals("https") : tls;
    }

    private static Optional<InetAddress> address(String hop) {
        Optional<InetAddress> plain = Addresses.literal(hop);
        int colon = hop.lastIndexOf(':');
        return plain.isPresent() || colon < 0 ? plain : Addresses.literal(hop.substring(0, colon));
    }

    private void warnOnce(InetAddress peer) {
        if (warned.compareAndSet(false, true)) {
            LOG.warn(
                    "{} from {} is ignored: that peer is not in http.trustedProxies (said once)",
                    FORWARDED_FOR,
                    peer.getHostAddress());
        }
    }
}
