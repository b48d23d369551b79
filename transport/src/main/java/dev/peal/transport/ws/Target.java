package dev.peal.transport.ws;

import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.HashMap;
import java.util.Map;

/**
 * What a WebSocket was opened at.
 *
 * @param path without the query
 * @param query as it was sent, without its question mark; empty where there is none
 */
public record Target(String path, String query) {
    private static final int PARAMETERS_MAX = 32;

    /** The query's parameters, decoded; of one that is there twice the first. A query that cannot be decoded has none. */
    public Map<String, String> parameters() {
        if (query.isEmpty()) {
            return Map.of();
        }
        Map<String, String> first = new HashMap<>();
        try {
            QueryStringDecoder decoder = QueryStringDecoder.builder()
                    .hasPath(false)
                    .maxParams(PARAMETERS_MAX)
                    .build(query);
            decoder.parameters().forEach((name, values) -> first.put(name, values.getFirst()));
        } catch (IllegalArgumentException malformed) {
            return Map.of(); // nobody is to be told: what a path does not know it passes over
        }
        return first;
    }
}
