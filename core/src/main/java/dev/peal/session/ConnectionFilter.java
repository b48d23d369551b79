package dev.peal.session;

import java.util.Optional;

/**
 * Which connections are asked for.
 *
 * @param userId those of one user, or of everybody
 * @param after only those with a greater id; 0: from the first
 * @param connectionsMax at most so many, from 1 to {@value #CONNECTIONS_MAX}
 */
public record ConnectionFilter(Optional<String> userId, long after, int connectionsMax) {
    public static final int CONNECTIONS_MAX = 10_000;

    public ConnectionFilter {
        if (connectionsMax < 1 || connectionsMax > CONNECTIONS_MAX) {
            throw new IllegalArgumentException("connectionsMax: 1 to " + CONNECTIONS_MAX);
        }
    }
}
