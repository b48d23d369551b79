package dev.peal.limit;

/** A message type's place in {@link ClientBuckets}, found once when the type is registered. Obtained from {@link RateLimits#messageClass}. */
public final class MessageClass {
    private final String type;
    private final Limit limit;
    private final int slot;

    MessageClass(String type, Limit limit, int slot) {
        this.type = type;
        this.limit = limit;
        this.slot = slot;
    }

    /** The message type, for the metric's label; from a closed set. */
    public String type() {
        return type;
    }

    /** What applies to it. */
    public Limit limit() {
        return limit;
    }

    int slot() {
        return slot;
    }

    @Override
    public String toString() {
        return type;
    }
}
