package dev.peal.log;

/**
 * How long a room kind's entries are kept. Whatever is reached first trims the oldest entries.
 *
 * @param ageMillis entries older than this go; {@link Long#MAX_VALUE}: never
 * @param entriesMax per room; {@link Long#MAX_VALUE}: no limit
 * @param bytesMax per room, of data; {@link Long#MAX_VALUE}: no limit
 * @param yields whether the oldest entries also go where all rooms together take more than they may
 */
public record Retention(long ageMillis, long entriesMax, long bytesMax, boolean yields) {
    /** Keeps everything that there is room for. */
    public static final Retention ALL = new Retention(Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE);

    /** Keeps everything but what the application gives up itself ({@link RoomLog#trim}): its entries mean nothing without those before them. */
    public static final Retention UNTIL_TRIMMED = new Retention(Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, false);

    /** Limits that yield to what all rooms together may take. */
    public Retention(long ageMillis, long entriesMax, long bytesMax) {
        this(ageMillis, entriesMax, bytesMax, true);
    }

    public Retention {
        if (ageMillis < 1 || entriesMax < 1 || bytesMax < 1) {
            throw new IllegalArgumentException("retention: every limit from 1");
        }
    }
}
