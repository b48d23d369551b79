package dev.peal.testkit.history;

import dev.peal.protocol.Position;
import java.util.List;

/**
 * One publish, however often it was sent.
 *
 * @param payload its text; no other publish has it
 * @param acks where its acknowledgements said that it is stored; empty where none came, and nobody knows whether it is
 * @param refused whether it was ever answered by an error: what was sent behind it may then be stored before it
 */
public record Publish(String payload, List<Position> acks, boolean refused) {
    public Publish {
        acks = List.copyOf(acks);
    }
}
