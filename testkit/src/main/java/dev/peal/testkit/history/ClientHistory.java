package dev.peal.testkit.history;

import java.util.List;

/**
 * What one client of one room did and saw.
 *
 * @param publishes in the order in which they were first sent, each behind the one before it
 * @param seen in the order in which it came
 */
public record ClientHistory(String client, List<Publish> publishes, List<Seen> seen) {
    public ClientHistory {
        publishes = List.copyOf(publishes);
        seen = List.copyOf(seen);
    }
}
