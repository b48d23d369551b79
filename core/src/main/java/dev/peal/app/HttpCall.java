package dev.peal.app;

import dev.peal.limit.AddressKey;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * A request to a route, read. Immutable; the body is not to be changed.
 *
 * @param address whence it comes, for limits of the application's own
 * @param path what stands in place of the path's parameters, decoded; none is empty
 * @param query its parameters, decoded; each was there once. What an application does not know it passes over
 * @param body the JSON object in it; empty where there is none
 */
public record HttpCall(AddressKey address, Map<String, String> path, Map<String, String> query, ObjectNode body) {
    public HttpCall {
        path = Map.copyOf(path);
        query = Map.copyOf(query);
    }

    /**
     * A parameter of the path.
     *
     * @throws IllegalArgumentException if the route has none of that name
     */
    public String parameter(String name) {
        return Optional.ofNullable(path.get(name))
                .orElseThrow(() -> new IllegalArgumentException("the path has no parameter " + name));
    }
}
