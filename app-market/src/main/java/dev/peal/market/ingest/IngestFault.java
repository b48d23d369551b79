package dev.peal.market.ingest;

import java.util.Locale;

/** Why a batch was refused; the name in lower case is on the wire. */
public enum IngestFault {
    /** No JSON object with {@code source}, {@code sequence} and {@code events}. */
    INVALID_BATCH,
    /** An event without what its type needs. */
    INVALID_EVENT,
    TOO_MANY_EVENTS,
    /** More sources than are remembered. */
    TOO_MANY_SOURCES,
    /** Batches are missing before this one: send the one that is expected. */
    SEQUENCE_GAP,
    /** The number comes before the first that was taken of the source, or is older than what is remembered. */
    SEQUENCE_OUT_OF_ORDER,
    /** A batch of this number was taken, with other events. */
    SEQUENCE_REUSED,
    UNKNOWN_SYMBOL,
    PRICE_NOT_A_NUMBER,
    PRICE_NOT_POSITIVE,
    PRICE_TOO_LARGE,
    /** Between two ticks. */
    PRICE_OFF_TICK,
    SIZE_NOT_A_NUMBER,
    SIZE_NOT_POSITIVE,
    SIZE_TOO_LARGE,
    /** Between two lots. */
    SIZE_OFF_LOT,
    TRADE_ID_NOT_RISING,
    /** More than a minute ahead of the server's clock, or before 1970. */
    TIME_OUT_OF_RANGE,
    /** A bid would be at or above an ask. */
    BOOK_CROSSED,
    TOO_MANY_LEVELS;

    private final String wire = name().toLowerCase(Locale.ROOT);

    /** The stable name on the wire. */
    public String wire() {
        return wire;
    }
}
