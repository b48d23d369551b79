package dev.peal.market.wire;

/** What a record of {@code binary=2} is about: its first byte. Readers skip kinds that they do not know. */
public enum RecordKind {
    PRICE(1),
    TRADE(2),
    /** One level of the book whose {@link #BOOK} record came before. */
    LEVEL(3),
    /** A book, or what changed in one; its levels follow directly, in the same frame. */
    BOOK(4),
    SKIPPED(5);

    private final int code;

    RecordKind(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }
}
