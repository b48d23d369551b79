package dev.peal.auth;

import java.net.URI;
import java.util.Locale;
import java.util.Set;

/**
 * Where an issuer publishes its keys (RFC 7517 5), and how much of this server it may take.
 *
 * @param url the one address that is ever asked; {@code https}, or {@code http} on this machine alone
 * @param algorithm what the keys are for; not HS256
 * @param refreshMillis how often it is asked anyway; at least 1 s
 * @param unknownKeyMillis how often at most it is asked because a token names a key that is not known
 * @param timeoutMillis how long one answer may take in all
 * @param bytesMax how long one answer may be
 * @param waitingMax how many callers may wait for one answer
 */
public record JwksOptions(
        URI url,
        TokenAlgorithm algorithm,
        long refreshMillis,
        long unknownKeyMillis,
        long timeoutMillis,
        int bytesMax,
        int waitingMax) {

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    /** @throws IllegalArgumentException if a part is out of its range */
    public JwksOptions {
        if (algorithm == TokenAlgorithm.HS256) {
            throw new IllegalArgumentException("HS256 has a secret, which nobody publishes");
        }
        if (!permitted(url)) {
            throw new IllegalArgumentException("keys come by https (by http from this machine alone), not from " + url);
        }
        if (refreshMillis < 1000 || unknownKeyMillis < 1000 || timeoutMillis < 1 || bytesMax < 1 || waitingMax < 1) {
            throw new IllegalArgumentException("a JWKS option is below its least value");
        }
    }

    /** Every 5 minutes, at most once a minute for an unknown key, 5 s, 256 KiB, 1,000 waiting. */
    public static JwksOptions of(URI url, TokenAlgorithm algorithm) {
        return new JwksOptions(url, algorithm, 300_000, 60_000, 5_000, 262_144, 1_000);
    }

    private static boolean permitted(URI url) {
        String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
        String host = url.getHost() == null ? "" : url.getHost().toLowerCase(Locale.ROOT);
        return !host.isEmpty()
                && url.getUserInfo() == null
                && (scheme.equals("https") || (scheme.equals("http") && LOOPBACK.contains(host)));
    }
}
