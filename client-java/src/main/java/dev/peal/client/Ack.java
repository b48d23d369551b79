package dev.peal.client;

import dev.peal.protocol.Position;

/** A publish is stored, as durably as its room promises. */
public record Ack(String roomId, Position position) {
    public long offset() {
        return position.offset();
    }
}
