package dev.peal.transport.http;

import dev.peal.limit.ClientAddress;
import dev.peal.transport.PeerCheck;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The checks between a parsed head and its handler, in the order in which a client learns of them. Shared by all connections; thread-safe.
 */
final class Edge {
    private static final Set<HttpMethod> SAFE = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);
    private static final Set<HttpMethod> WITH_BODY = Set.of(HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH);

    private static final String FORWARDED_FOR = "X-Forwarded-For";
    private static final String FORWARDED_PROTO = "X-Forwarded-Proto";

    private final HttpConfig config;
    private final Routes routes;
    private final Set<String> upgradePaths;
    private final ClientAddress addresses;

    Edge(HttpConfig config, Routes routes, Set<String> upgradePaths) {
        this.config = config;
        this.routes = routes;
        this.upgradePaths = Set.copyOf(upgradePaths);
        this.addresses = new ClientAddress(config.trustedProxies());
    }

    HttpLimits limits() {
        return config.limits();
    }

    PeerCheck peers() {
        return config.peers();
    }

    /** What to do with a request of which only the head is here. */
    Verdict judge(HttpRequest head, InetAddress peer, boolean tls) {
        HttpHeaders headers = head.headers();
        String host = headers.get(HttpHeaderNames.HOST, "");
        if (!config.site().allowsHost(host)) {
            return refuse(
                    421, "unknown_host", "This server does not answer to that host name; see server.publicHosts.");
        }
        boolean secure = secure(peer, tls, headers);
        String path = path(head.uri());
        boolean upgrade = upgradePaths.contains(path) && wantsWebSocket(headers);
        if ((upgrade || !SAFE.contains(head.method()))
                && !config.site().allowsOrigins(headers.getAll(HttpHeaderNames.ORIGIN), host, secure)) {
            return refuse(
                    403, "foreign_origin", "Pages of that origin may not use this server; see http.allowedOrigins.");
        }
        if (upgrade && !head.protocolVersion().equals(HttpVersion.HTTP_1_1)) {
            return refuse(400, "http_version", "A WebSocket is opened with HTTP/1.1.");
        }
        Caller caller = new Caller(addresses.forwarded(peer, headers.getAll(FORWARDED_FOR)), secure);
        return upgrade ? new Verdict.Handshake(caller) : route(head, path, caller);
    }

    /** Whether this means to be a handshake, well made or not. Another protocol's offer, such as h2c, is ignored as RFC 9110 7.8 allows. */
    private static boolean wantsWebSocket(HttpHeaders headers) {
        return headers.contains(HttpHeaderNames.SEC_WEBSOCKET_KEY)
                || headers.contains(HttpHeaderNames.SEC_WEBSOCKET_VERSION)
                || headers.getAll(HttpHeaderNames.UPGRADE).stream()
                        .anyMatch(value -> value.toLowerCase(Locale.ROOT).contains("websocket"));
    }

    /** Whether the client's own connection, to us or to the trusted proxy, is encrypted. */
    private boolean secure(InetAddress peer, boolean tls, HttpHeaders headers) {
        String proto = headers.get(FORWARDED_PROTO);
        return proto != null && addresses.trusted(peer) ? proto.equals("https") : tls;
    }

    /** Whether a PROXY protocol header is read from this peer. */
    boolean trusts(InetAddress peer) {
        return addresses.trusted(peer);
    }

    private Verdict route(HttpRequest head, String path, Caller caller) {
        return switch (routes.match(path, head.method())) {
            case Routes.Match.Found found ->
                bodyProblem(head)
                        .<Verdict>map(Verdict.Refuse::new)
                        .orElseGet(() -> new Verdict.Handle(found.handler(), caller));
            case Routes.Match.OtherMethods other ->
                new Verdict.Refuse(new Problem(
                        405, "method_not_allowed", "That path has other methods.", Map.of("Allow", other.allow())));
            case Routes.Match.Malformed malformed -> new Verdict.Refuse(Problem.bad("The path is malformed."));
            case Routes.Match.Nothing n
            when upgradePaths.contains(path) ->
                new Verdict.Refuse(new Problem(
                        426,
                        "upgrade_required",
                        "A WebSocket lives here.",
                        Map.of("Upgrade", "websocket", "Connection", "Upgrade", "Sec-WebSocket-Version", "13")));
            case Routes.Match.Nothing n -> refuse(404, "not_found", "Nothing is at that path.");
        };
    }

    private Optional<Problem> bodyProblem(HttpRequest head) {
        HttpHeaders headers = head.headers();
        String length = headers.get(HttpHeaderNames.CONTENT_LENGTH);
        if (length != null && Long.parseLong(length.strip()) > config.limits().bodyBytes()) {
            return Optional.of(tooLarge());
        }
        if (WITH_BODY.contains(head.method()) && !isJson(headers.getAll(HttpHeaderNames.CONTENT_TYPE))) {
            return Optional.of(Problem.of(415, "not_json", "The body must be application/json."));
        }
        String expect = headers.get(HttpHeaderNames.EXPECT);
        if (expect != null && !expect.equalsIgnoreCase("100-continue")) {
            return Optional.of(Problem.of(417, "expectation", "That expectation cannot be met."));
        }
        return Optional.empty();
    }

    /** A page of another site can send a form or plain text without asking first, but not this type. */
    private static boolean isJson(List<String> contentTypes) {
        return contentTypes.size() == 1
                && contentTypes
                        .get(0)
                        .strip()
                        .toLowerCase(Locale.ROOT)
                        .matches("application/json(\\s*;\\s*charset=\"?utf-8\"?)?");
    }

    static Problem tooLarge() {
        return Problem.of(413, "body_too_large", "The body is too large.");
    }

    static String path(String target) {
        int question = target.indexOf('?');
        return question < 0 ? target : target.substring(0, question);
    }

    static String query(String target) {
        int question = target.indexOf('?');
        return question < 0 ? "" : target.substring(question + 1);
    }

    private static Verdict refuse(int status, String reason, String detail) {
        return new Verdict.Refuse(Problem.of(status, reason, detail));
    }

    /** Who asks, as far as it is known for certain. */
    record Caller(InetAddress address, boolean secure) {}

    /** What is to be done. */
    sealed interface Verdict {
        /** Read the body and give it to this handler. */
        record Handle(HttpHandler handler, Caller caller) implements Verdict {}

        /** Let the WebSocket handshake judge. */
        record Handshake(Caller caller) implements Verdict {}

        /** Answer with this. */
        record Refuse(Problem problem) implements Verdict {}
    }
}
