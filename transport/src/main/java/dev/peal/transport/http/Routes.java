package dev.peal.transport.http;

import dev.peal.websocket.SiteRules;
import io.netty.handler.codec.http.HttpMethod;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which handler answers which path and method. Paths match exactly, byte for byte, before any decoding: two spellings of one path are two paths.
 * A path with parameters ({@link PathTemplate}) is looked for where no exact one has the method; of several that fit, the first given wins.
 *
 * <p>Immutable once built.
 */
public final class Routes {
    private final Map<String, Map<HttpMethod, HttpHandler>> table;
    private final List<Templated> templates;

    private Routes(Map<String, Map<HttpMethod, HttpHandler>> table, List<Templated> templates) {
        this.table = table;
        this.templates = templates;
    }

    /** The handlers of one path with parameters. */
    private record Templated(PathTemplate path, Map<HttpMethod, PathHandler> methods) {}

    /** An empty table to fill. */
    public static Builder builder() {
        return new Builder();
    }

    /** What there is for this path and method. HEAD is answered wherever GET is. */
    Match match(String path, HttpMethod method) {
        Map<HttpMethod, HttpHandler> methods = table.get(path);
        if (methods == null) {
            return matchTemplate(path, asked(method));
        }
        HttpHandler handler = methods.get(asked(method));
        if (handler != null) {
            return new Match.Found(handler);
        }
        Match templated = matchTemplate(path, asked(method));
        return templated instanceof Match.Found ? templated : new Match.OtherMethods(allow(methods));
    }

    private Match matchTemplate(String path, HttpMethod method) {
        for (Templated templated : templates) {
            Optional<List<String>> encoded = templated.path().match(path);
            if (encoded.isPresent()) {
                PathHandler handler = templated.methods().get(method);
                return handler == null
                        ? new Match.OtherMethods(allow(templated.methods()))
                        : PathTemplate.decode(encoded.get())
                                .<Match>map(values -> new Match.Found(request -> handler.handle(request, values)))
                                .orElseGet(Match.Malformed::new);
            }
        }
        return new Match.Nothing();
    }

    private static HttpMethod asked(HttpMethod method) {
        return HttpMethod.HEAD.equals(method) ? HttpMethod.GET : method;
    }

    private static String allow(Map<HttpMethod, ?> methods) {
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

        /** The path has the form of one with parameters, and a parameter is no text. */
        record Malformed() implements Match {}
    }

    /** Gathers routes; a path and method may be given once. */
    public static final class Builder {
        private final Map<String, Map<HttpMethod, HttpHandler>> table = new HashMap<>();
        private final Map<PathTemplate, Map<HttpMethod, PathHandler>> templates = new LinkedHashMap<>();

        private Builder() {}

        /** Adds a handler for GET and HEAD. */
        public Builder get(String path, HttpHandler handler) {
            return add(HttpMethod.GET, path, handler);
        }

        /** Adds a handler for POST with a JSON body. */
        public Builder post(String path, HttpHandler handler) {
            return add(HttpMethod.POST, path, handler);
        }

        /** Adds a handler for GET and HEAD of a path with parameters, as {@code /rooms/{room}}. */
        public Builder get(String template, PathHandler handler) {
            return add(HttpMethod.GET, template, handler);
        }

        /** Adds a handler for POST, with a JSON body, to a path with parameters. */
        public Builder post(String template, PathHandler handler) {
            return add(HttpMethod.POST, template, handler);
        }

        /** As {@link #post(String, HttpHandler)}, for pages of other allowed origins too. */
        public Builder postFromPages(String path, SiteRules site, HttpHandler handler) {
            return fromPages(path, site, Map.of(HttpMethod.POST, handler));
        }

        /** Adds the handlers of a path, by method, for pages of other allowed origins too. */
        public Builder fromPages(String path, SiteRules site, Map<HttpMethod, HttpHandler> handlers) {
            String methods = names(handlers);
            handlers.forEach((method, handler) -> add(method, path, new CrossOrigin(site, methods, handler)));
            HttpHandler any = handlers.values().iterator().next();
            return add(HttpMethod.OPTIONS, path, new CrossOrigin(site, methods, any).preflight());
        }

        /** The same for a path with parameters. */
        public Builder templateFromPages(String template, SiteRules site, Map<HttpMethod, PathHandler> handlers) {
            String methods = names(handlers);
            handlers.forEach((method, handler) -> add(
                    method,
                    template,
                    (request, values) ->
                            new CrossOrigin(site, methods, asked -> handler.handle(asked, values)).handle(request)));
            PathHandler any = handlers.values().iterator().next();
            return add(
                    HttpMethod.OPTIONS,
                    template,
                    (request, values) -> new CrossOrigin(site, methods, asked -> any.handle(asked, values))
                            .preflight()
                            .handle(request));
        }

        private static String names(Map<HttpMethod, ?> handlers) {
            return String.join(
                    ", ",
                    handlers.keySet().stream().map(HttpMethod::name).sorted().toList());
        }

        private Builder add(HttpMethod method, String path, HttpHandler handler) {
            put(table, path, path, method, handler);
            return this;
        }

        private Builder add(HttpMethod method, String template, PathHandler handler) {
            put(templates, PathTemplate.of(template), template, method, handler);
            return this;
        }

        private static <K, H> void put(
                Map<K, Map<HttpMethod, H>> all, K key, String path, HttpMethod method, H handler) {
            if (!path.startsWith("/")) {
                throw new IllegalArgumentException("a path begins with /: " + path);
            }
            if (all.computeIfAbsent(key, k -> new TreeMap<>()).putIfAbsent(method, handler) != null) {
                throw new IllegalArgumentException("two handlers for " + method + " " + path);
            }
        }

        /** The table as it stands. */
        public Routes build() {
            Map<String, Map<HttpMethod, HttpHandler>> copy = new HashMap<>();
            table.forEach((path, methods) -> copy.put(path, Map.copyOf(methods)));
            List<Templated> listed = new ArrayList<>();
            templates.forEach((path, methods) -> listed.add(new Templated(path, Map.copyOf(methods))));
            return new Routes(Map.copyOf(copy), List.copyOf(listed));
        }
    }
}
