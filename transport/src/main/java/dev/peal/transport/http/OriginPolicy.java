package dev.peal.transport.http;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Whose pages may use this server: its own and the configured ones, compared as whole strings (ASVS 4.4.2). No Origin header at all is no browser's page, and is
 * accepted: what such a client may do is a question for its token.
 *
 * <p>Thread-safe.
 */
final class OriginPolicy {
    private final Set<String> allowed;

    OriginPolicy(List<String> allowed) {
        this.allowed = Set.copyOf(allowed);
    }

    /**
     * Judges a request.
     *
     * @param origins every Origin header of it
     * @param host its Host header
     * @param secure whether the client's connection is encrypted
     */
    boolean allows(List<String> origins, String host, boolean secure) {
        if (origins.isEmpty()) {
            return true;
        }
        if (origins.size() > 1) {
            return false;
        }
        String origin = origins.get(0);
        return allowed.contains(origin) || origin.equals(own(host, secure));
    }

    /** The origin of a page of ours, as a browser writes it (RFC 6454 6.2): lower case, the scheme's own port left out. */
    private static String own(String host, boolean secure) {
        String lower = host.toLowerCase(Locale.ROOT);
        String ownPort = secure ? ":443" : ":80";
        String bare = lower.endsWith(ownPort) ? lower.substring(0, lower.length() - ownPort.length()) : lower;
        return (secure ? "https://" : "http://") + bare;
    }
}
