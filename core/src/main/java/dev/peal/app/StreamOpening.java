package dev.peal.app;

import dev.peal.hub.Loop;
import java.util.Map;

/**
 * How a connection was opened.
 *
 * @param loop on which it lives: all of the connection happens there
 * @param query the parameters of its address, decoded; of one that is there twice the first
 */
public record StreamOpening(Loop loop, Map<String, String> query) {
    public StreamOpening {
        query = Map.copyOf(query);
    }
}
