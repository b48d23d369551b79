package dev.peal.market.wire;

import java.util.Optional;

/** What a client may follow of a symbol; each counts its messages by itself. */
public enum Channel {
    PRICE("price", 1),
    TRADES("trades", 2),
    BOOK("book", 3);

    private final String wire;
    private final int code;

    Channel(String wire, int code) {
        this.wire = wire;
        this.code = code;
    }

    /** The name in JSON. */
    public String wire() {
        return wire;
    }

    /** The number in records. */
    public int code() {
        return code;
    }

    public static Optional<Channel> ofWire(String wire) {
        for (Channel channel : values()) {
            if (channel.wire.equals(wire)) {
                return Optional.of(channel);
            }
        }
        return Optional.empty();
    }
}
