package dev.peal.transport.http;

import io.netty.handler.codec.http.HttpMethod;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which handler answers which path and method. Paths match exactly, byte for byte, before any decoding: two spellings of one path are two paths.
 *
 * <p>Immutable once built.
 */
public final class Routes {
    private final Map<String, Map<HttpMethod, HttpHandler>> table;

    private Routes(Map<String, Map<HttpMethod, HttpHandler>> table) {
        this.table = table;
    }

    /** An empty table to fill. */
    public static Builder builder() {
        return new Builder();
    }

    /** What there is for this path and method. HEAD is answered wherever GET is. */
    Match match(String path, HttpMethod method) {
        Map<HttpMethod, HttpHandler> methods = table.get(path);
        if (methods == null) {
            return new Match.Nothing();
        }
        HttpHandler handler = methods.get(HttpMethod.HEAD.equals(method) ? HttpMethod.GET : method);
        return handler == null ? new Match.OtherMethods(allow(methods)) : new Match.Found(handler);
    }

    private static String allow(Map<HttpMethod, HttpHandler> methods) {
        String names = String.join(
                ", ", methods.keySet().stream().map(HttpMethod::name).sorted().toList());
        return methods.containsKey(HttpMethod.GET) ? names + ", HEAD" : names;
    }

    /** The outcome of a look-up. */
    sealed interface Match {
        /** A handler answers. */
        record Found(HttpHandler handler) implements Match {}

        /** The path exists, the method does not. */
        record OtherMethods(String allow) implements Match {}

        /** There is no such path. */
        record Nothing() implements Match {}
    }

    /** Gathers routes; a path and method may be given once. */
    public static final class Builder {
        private final Map<String, Map<HttpMethod, HttpHandler>> table = new HashMap<>();

        private Builder() {}

        /** Adds a handler for GET and HEAD. */
        public Builder get(String path, HttpHandler handler) {
            return add(HttpMethod.GET, path, handler);
        }

        /** Adds a handler for POST with a JSON body. */
        public Builder post(String path, HttpHandler handler) {
            return add(HttpMethod.POST, path, handler);
        }

        private Builder add(HttpMethod method, String path, HttpHandler handler) {
            if (!path.startsWith("/")) {
                throw new IllegalArgumentException("a path begins with /: " + path);
            }
            HttpHandler former =
                    table.computeIfAbsent(path, p -> new TreeMap<>()).putIfAbsent(method, handler);
            if (former != null) {
                throw new IllegalArgumentException("two handlers for " + method + " " + path);
            }
            return this;
        }

        /** The table as it stands. */
        public Routes build() {
            Map<String, Map<HttpMethod, HttpHandler>> copy = new HashMap<>();
            table.forEach((path, methods) -> copy.put(path, Map.copyOf(methods)));
            return new Routes(Map.copyOf(copy));
        }
    }
}
