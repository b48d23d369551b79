package dev.peal.market.ingest;

import java.util.Locale;

/** Why a batch was refused; the name in lower case is on the wire. */
public enum IngestFault {
    /** No JSON object with {@code source}, {@code sequence} and {@code events}. */
    INVALID_BATCH("This is no JSON object with source, sequence and events."),
    /** An event without what its type needs. */
    INVALID_EVENT("The event lacks what its type needs."),
    TOO_MANY_EVENTS("The batch has more events than one may have."),
    /** More sources than are remembered. */
    TOO_MANY_SOURCES("As many sources as are remembered have sent already."),
    /** Batches are missing before this one: send the one that is expected. */
    SEQUENCE_GAP("Batches are missing before this one: send the expected one."),
    /** The number comes before the first that was taken of the source, or is older than what is remembered. */
    SEQUENCE_OUT_OF_ORDER("The number lies before what is remembered of the source."),
    /** A batch of this number was taken, with other events. */
    SEQUENCE_REUSED("A batch of this number, with other events, was taken before."),
    UNKNOWN_SYMBOL("Batches may not speak of this symbol."),
    PRICE_NOT_A_NUMBER("The price is no number."),
    PRICE_NOT_POSITIVE("The price is not above zero."),
    PRICE_TOO_LARGE("The price has more than 15 digits."),
    /** Between two ticks. */
    PRICE_OFF_TICK("The price is not a whole number of the symbol's ticks."),
    SIZE_NOT_A_NUMBER("The size is no number."),
    SIZE_NOT_POSITIVE("The size is not above zero."),
    SIZE_TOO_LARGE("The size has more than 15 digits."),
    /** Between two lots. */
    SIZE_OFF_LOT("The size is not a whole number of the symbol's lots."),
    TRADE_ID_NOT_RISING("The tradeId is not above that of the symbol's trade before."),
    /** More than a minute ahead of the server's clock, or before 1970. */
    TIME_OUT_OF_RANGE("The timestamp is before 1970 or more than a minute ahead of the server's clock."),
    /** A bid would be at or above an ask. */
    BOOK_CROSSED("A bid would be at or above an ask."),
    TOO_MANY_LEVELS("The book would have more levels than it may.");

    private final String wire = name().toLowerCase(Locale.ROOT);
    private final String sentence;

    IngestFault(String sentence) {
        this.sentence = sentence;
    }

    /** The stable name on the wire. */
    public String wire() {
        return wire;
    }

    /** The same for people. */
    public String sentence() {
        return sentence;
    }
}
