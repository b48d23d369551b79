package dev.peal.client.link;

import java.net.URI;

/**
 * A server.
 *
 * @param base {@code http} or {@code https}, without a path
 * @param path of the WebSocket endpoint: {@code /chat}
 */
public record Target(URI base, String path) {
    public Target {
        String scheme = base.getScheme();
        boolean known = "http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme);
        if (!known || base.getHost() == null) {
            throw new IllegalArgumentException("not an http or https address: " + base.getScheme() + "://…");
        }
        if (!path.startsWith("/")) {
            throw new IllegalArgumentException("a path begins with a slash: " + path);
        }
    }

    URI webSocket() {
        String scheme = "https".equalsIgnoreCase(base.getScheme()) ? "wss" : "ws";
        return URI.create(scheme + "://" + base.getRawAuthority() + path);
    }

    URI http(String pathAndQuery) {
        return URI.create(base.getScheme() + "://" + base.getRawAuthority() + pathAndQuery);
    }
}
