package dev.peal.transport.http;

import dev.peal.limit.Cidr;
import dev.peal.transport.PeerCheck;
import dev.peal.websocket.SiteRules;
import java.util.List;

/**
 * Who may speak to this server by HTTP, and how much.
 *
 * @param site the names that it answers to, and whose pages may use it
 * @param trustedProxies peers whose word on the client's address is taken
 * @param proxyProtocol whether those peers begin each connection with a PROXY protocol header
 * @param limits what one client may use
 * @param peers how soon a client that waits for an answer and has vanished is to be noticed
 */
public record HttpConfig(
        SiteRules site, List<Cidr> trustedProxies, boolean proxyProtocol, HttpLimits limits, PeerCheck peers) {
    /** This machine alone, no proxy. */
    public static final HttpConfig LOCAL =
            new HttpConfig(SiteRules.DEFAULT, List.of(), false, HttpLimits.DEFAULT, PeerCheck.DEFAULT);

    public HttpConfig {
        trustedProxies = List.copyOf(trustedProxies);
    }
}
