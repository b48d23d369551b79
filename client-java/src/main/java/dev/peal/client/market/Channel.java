package dev.peal.client.market;

import java.util.Optional;

/** What has sequences of its own. */
public enum Channel {
    PRICE("price"),
    TRADES("trades"),
    BOOK("book");

    private final String wire;

    Channel(String wire) {
        this.wire = wire;
    }

    String wire() {
        return wire;
    }

    static Optional<Channel> of(String wire) {
        for (Channel channel : values()) {
            if (channel.wire.equals(wire)) {
                return Optional.of(channel);
            }
        }
        return Optional.empty();
    }
}
