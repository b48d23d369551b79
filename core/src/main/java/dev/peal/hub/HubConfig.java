package dev.peal.hub;

/**
 * The hub's limits.
 *
 * @param batchBytesMax a batch is written at once when it weighs so many bytes; 1 KiB to 16 MiB
 * @param announcedUsersMax above so many users a room announces their number in place of every join and leave; from 1
 * @param countEveryMillis at most one such number in so many milliseconds; from 1
 * @param announcementsMax joins and leaves, each times the members told of it, that a loop tells at once in a second; beyond that a room's gather for {@code
 *     countEveryMillis} at most; from 0
 * @param appendsMax appends of one room that may wait for the log at once; one more is answered as unavailable; from 1
 */
public record HubConfig(
        int batchBytesMax, int announcedUsersMax, long countEveryMillis, int announcementsMax, int appendsMax) {
    /** Batches of 256 KiB, numbers above 1,000 users once a second, a thousand announcements a second at once, 100,000 appends under way. */
    public static final HubConfig DEFAULT = new HubConfig(256 * 1024, 1_000, 1_000, 1_000, 100_000);

    public HubConfig {
        if (batchBytesMax < 1024 || batchBytesMax > 16 * 1024 * 1024) {
            throw new IllegalArgumentException("batchBytesMax: 1 KiB to 16 MiB");
        }
        if (announcedUsersMax < 1 || countEveryMillis < 1 || announcementsMax < 0 || appendsMax < 1) {
            throw new IllegalArgumentException("hub limits: from 1, announcementsMax from 0");
        }
    }
}
