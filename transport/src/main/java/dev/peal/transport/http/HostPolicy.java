package dev.peal.transport.http;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Under which names the server answers. A name that an attacker's DNS points at this machine is none of them, so a page loaded under that name reads nothing
 * here (DNS rebinding).
 *
 * <p>Thread-safe.
 */
final class HostPolicy {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final Pattern HOST =
            Pattern.compile("(?<name>\\[[0-9a-f:.]{2,45}\\]|[a-z0-9._-]{1,253})(:(?<port>[0-9]{1,5}))?");

    private final Set<String> publicHosts;

    HostPolicy(List<String> publicHosts) {
        this.publicHosts =
                publicHosts.stream().map(host -> host.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
    }

    /** Whether a request with this Host header is for us. A public host without a port stands for any port. */
    boolean allows(String host) {
        String lower = host.toLowerCase(Locale.ROOT);
        var matcher = HOST.matcher(lower);
        if (!matcher.matches()) {
            return false;
        }
        String name = matcher.group("name");
        return LOOPBACK.contains(name) || publicHosts.contains(name) || publicHosts.contains(lower);
    }
}
