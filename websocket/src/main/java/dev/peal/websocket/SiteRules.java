package dev.peal.websocket;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which names this server answers to, and which sites' pages may use it: the guard against DNS rebinding and against another
 * site's page acting with a visitor's session. For the WebSocket handshake and for any plain request that changes something.
 *
 * @param publicHosts names beyond localhost, 127.0.0.1 and [::1] by which the server is reached: {@code host} (any port) or
 *     {@code host:port}, in lower case
 * @param allowedOrigins exact origins, {@code scheme://host[:port]} without a default port, or {@link #SAME_ORIGIN}
 */
public record SiteRules(List<String> publicHosts, List<String> allowedOrigins) {
    /** Stands for the origin that the request itself went to. */
    public static final String SAME_ORIGIN = "same-origin";

    public static final SiteRules DEFAULT = new SiteRules(List.of(), List.of(SAME_ORIGIN));

    private static final List<String> LOOPBACK = List.of("localhost", "127.0.0.1", "[::1]");
    private static final String NAME = "(?:[a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_])?|\\[[0-9a-f:.]+\\])";
    private static final String PORT = "(?::([1-9][0-9]{0,4}))?";
    private static final Pattern HOST = Pattern.compile("(" + NAME + ")" + PORT);
    private static final Pattern ORIGIN = Pattern.compile("(https?)://" + NAME + PORT);
    private static final int HOST_CHARS_MAX = 262;

    public SiteRules {
        publicHosts = List.copyOf(publicHosts);
        allowedOrigins = List.copyOf(allowedOrigins);
        for (String host : publicHosts) {
            if (!HOST.matcher(host).matches()) {
                throw new IllegalArgumentException("publicHosts wants host or host:port in lower case, not " + host);
            }
        }
        for (String origin : allowedOrigins) {
            if (!origin.equals(SAME_ORIGIN) && !isSerialized(origin)) {
                throw new IllegalArgumentException(
                        "allowedOrigins wants same-origin or scheme://host[:port] as browsers write it, not " + origin);
            }
        }
    }

    /** Whether a {@code Host} header names this server. */
    public boolean allowsHost(String host) {
        if (host.length() > HOST_CHARS_MAX) {
            return false;
        }
        String lower = host.toLowerCase(Locale.ROOT);
        var parts = HOST.matcher(lower);
        if (!parts.matches() || !isPort(parts.group(2))) {
            return false;
        }
        String name = parts.group(1);
        return LOOPBACK.contains(name) || publicHosts.contains(name) || publicHosts.contains(lower);
    }

    /**
     * Whether a page of {@code origin} may use this server. Compared byte by byte with what a browser writes (RFC 6454, section
     * 6.2): whatever is spelled differently is refused, {@code null} too.
     *
     * @param origin the single {@code Origin} header
     * @param host the single {@code Host} header, already allowed
     * @param secure whether the browser spoke TLS, with this server or with a trusted proxy before it
     */
    public boolean allowsOrigin(String origin, String host, boolean secure) {
        for (String allowed : allowedOrigins) {
            boolean same =
                    allowed.equals(SAME_ORIGIN) ? origin.equals(ownOrigin(host, secure)) : origin.equals(allowed);
            if (same) {
                return true;
            }
        }
        return false;
    }

    /** As {@link #allowsOrigin}, for a request whose headers may repeat: none is no browser's and allowed, two are refused. */
    public boolean allowsOrigins(List<String> origins, String host, boolean secure) {
        return origins.isEmpty() || (origins.size() == 1 && allowsOrigin(origins.getFirst(), host, secure));
    }

    /** As {@link #allowsHost}, for a request whose headers may repeat: the name of the server if exactly one is sent and allowed. */
    public Optional<String> allowedHost(List<String> hosts) {
        return hosts.size() == 1 && allowsHost(hosts.getFirst()) ? Optional.of(hosts.getFirst()) : Optional.empty();
    }

    private static String ownOrigin(String host, boolean secure) {
        String lower = host.toLowerCase(Locale.ROOT);
        String defaultPort = secure ? ":443" : ":80";
        String authority =
                lower.endsWith(defaultPort) ? lower.substring(0, lower.length() - defaultPort.length()) : lower;
        return (secure ? "https://" : "http://") + authority;
    }

    private static boolean isSerialized(String origin) {
        var parts = ORIGIN.matcher(origin);
        return parts.matches()
                && isPort(parts.group(2))
                && !origin.endsWith(parts.group(1).equals("https") ? ":443" : ":80");
    }

    private static boolean isPort(@Nullable String port) {
        return port == null || Integer.parseInt(port) <= 0xFFFF;
    }
}
