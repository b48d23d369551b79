package dev.peal.transport.http;

import java.util.List;

/**
 * Who may speak to this server by HTTP, and how much.
 *
 * @param publicHosts names beside localhost, 127.0.0.1 and [::1] under which the server is reached, as {@code chat.example.org} or with a port
 * @param allowedOrigins origins beside the server's own whose pages may use it, exactly as a browser sends them: {@code https://app.example.org}
 * @param trustedProxies peers whose word on the client's address is taken
 * @param proxyProtocol whether those peers begin each connection with a PROXY protocol header
 * @param limits what one client may use
 */
public record HttpConfig(
        List<String> publicHosts,
        List<String> allowedOrigins,
        TrustedProxies trustedProxies,
        boolean proxyProtocol,
        HttpLimits limits) {
    /** This machine alone, no proxy. */
    public static final HttpConfig LOCAL =
            new HttpConfig(List.of(), List.of(), TrustedProxies.NONE, false, HttpLimits.DEFAULT);

    public HttpConfig {
        publicHosts = List.copyOf(publicHosts);
        allowedOrigins = List.copyOf(allowedOrigins);
    }
}
