package dev.peal.client.market;

/**
 * A book is asked for anew, now or on the next connection.
 *
 * @param sequence of the newest book that was verified; 0: none was
 */
public record Resync(String symbol, Reason reason, long sequence) {
    /** Why. */
    public enum Reason {
        /** Changes are missing, or came in another order. */
        GAP,
        /** The best levels are not the server's. */
        CHECKSUM,
        /** Bids meet asks. */
        CROSSED,
        /** No whole book came. */
        LATE,
        /** The connection ended. */
        LOST
    }
}
