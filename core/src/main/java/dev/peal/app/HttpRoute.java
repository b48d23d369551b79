package dev.peal.app;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;

/**
 * An operation of an application's own over HTTP, beside its messages.
 *
 * <p>The server knows who calls (the user's token; in open mode whom {@code Peal-User} names), lets in pages of the allowed origins alone, counts reads by address
 * and writes by user, and reads the body strictly, before the handler sees anything.
 *
 * @param method its method; {@code HEAD} is answered wherever {@code GET} is
 * @param path as {@code /api/notes/{note}}; a parameter takes one whole segment, and no path is both this application's and the server's
 * @param access who may call it at all
 * @param handler answers
 */
public record HttpRoute(Method method, String path, Access access, Handler handler) {
    /** Where the server's own operations for programs are. */
    private static final String PROGRAMS = "/api/v1/";

    private static final Pattern FIXED = Pattern.compile("[A-Za-z0-9._~-]{1,64}");
    private static final Pattern PARAMETER = Pattern.compile("\\{[a-z][A-Za-z0-9]{0,31}}");

    /** What a route can be asked with. */
    public enum Method {
        GET,
        POST,
        PUT,
        PATCH,
        DELETE
    }

    /** Who may call a route; what they may do there is the handler's to decide. */
    public enum Access {
        /** Who has signed in; in open mode everybody. */
        USERS,
        /** Everybody: who sends no token is nobody in particular. */
        ANYBODY
    }

    /** Answers the calls of one route. */
    @FunctionalInterface
    public interface Handler {
        /**
         * Called on any thread; must not block. What the caller may do is the handler's to decide.
         *
         * @param caller who asks; without a user in open mode alone, or where {@link Access#ANYBODY} may call
         * @return the reply, completed on any thread; a failure is logged and becomes 500
         */
        CompletionStage<HttpReply> handle(Caller caller, HttpCall call);
    }

    /** @throws IllegalArgumentException if the path is none, or the server's own */
    public HttpRoute {
        List<String> segments = segments(path);
        boolean wellFormed = !segments.isEmpty()
                && segments.stream()
                        .allMatch(segment -> FIXED.matcher(segment).matches()
                                || PARAMETER.matcher(segment).matches());
        List<String> names = parameters(path);
        if (!path.startsWith("/") || !wellFormed || names.size() != new HashSet<>(names).size()) {
            throw new IllegalArgumentException("no path of a route: " + path);
        }
        if ((path + "/").startsWith(PROGRAMS)) {
            throw new IllegalArgumentException(PROGRAMS + " is the server's own: " + path);
        }
    }

    /** A route for who has signed in. */
    public HttpRoute(Method method, String path, Handler handler) {
        this(method, path, Access.USERS, handler);
    }

    public static HttpRoute get(String path, Handler handler) {
        return new HttpRoute(Method.GET, path, handler);
    }

    public static HttpRoute post(String path, Handler handler) {
        return new HttpRoute(Method.POST, path, handler);
    }

    public static HttpRoute put(String path, Handler handler) {
        return new HttpRoute(Method.PUT, path, handler);
    }

    public static HttpRoute patch(String path, Handler handler) {
        return new HttpRoute(Method.PATCH, path, handler);
    }

    public static HttpRoute delete(String path, Handler handler) {
        return new HttpRoute(Method.DELETE, path, handler);
    }

    /** The names of the path's parameters, in their order. */
    public List<String> parameters() {
        return parameters(path);
    }

    private static List<String> parameters(String path) {
        List<String> names = new ArrayList<>();
        for (String segment : segments(path)) {
            if (PARAMETER.matcher(segment).matches()) {
                names.add(segment.substring(1, segment.length() - 1));
            }
        }
        return List.copyOf(names);
    }

    private static List<String> segments(String path) {
        return path.isEmpty() ? List.of() : List.of(path.substring(1).split("/", -1));
    }
}
