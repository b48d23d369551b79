package dev.peal.hub;

import java.util.function.Function;

/**
 * The hub's limits.
 *
 * @param batchBytesMax a batch is written at once when it weighs so many bytes; 1 KiB to 16 MiB
 * @param presenceUsersMax above so many users a room announces counts in place of every join and leave; from 1
 * @param presenceCountMillis at most one count in so many milliseconds; from 1
 * @param slowPolicy what a room kind does to a member that is full
 */
public record HubConfig(
        int batchBytesMax, int presenceUsersMax, long presenceCountMillis, Function<String, SlowPolicy> slowPolicy) {
    /** Batches of 256 KiB, counts above 1,000 users once a second, slow members disconnected. */
    public static final HubConfig DEFAULT = new HubConfig(256 * 1024, 1_000, 1_000, kind -> SlowPolicy.DISCONNECT);

    public HubConfig {
        if (batchBytesMax < 1024 || batchBytesMax > 16 * 1024 * 1024) {
            throw new IllegalArgumentException("batchBytesMax: 1 KiB to 16 MiB");
        }
        if (presenceUsersMax < 1 || presenceCountMillis < 1) {
            throw new IllegalArgumentException("presence limits: from 1");
        }
    }
}
