package dev.peal.log;

/**
 * How long a room kind's entries are kept. Whatever is reached first trims the oldest entries.
 *
 * @param ageMillis entries older than this go; {@link Long#MAX_VALUE}: never
 * @param entriesMax per room; {@link Long#MAX_VALUE}: no limit
 * @param bytesMax per room, of data; {@link Long#MAX_VALUE}: no limit
 */
public record Retention(long ageMillis, long entriesMax, long bytesMax) {
    /** Keeps everything. */
    public static final Retention ALL = new Retention(Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE);

    public Retention {
        if (ageMillis < 1 || entriesMax < 1 || bytesMax < 1) {
            throw new IllegalArgumentException("retention: every limit from 1");
        }
    }
}
