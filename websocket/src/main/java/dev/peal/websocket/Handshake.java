package dev.peal.websocket;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The server's side of the opening handshake (RFC 6455, section 4.2), as a function: a request and a configuration in, an answer
 * out. Never throws for what a client sent.
 */
public final class Handshake {
    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final String VERSION = "13";
    private static final int KEY_BYTES = 16;
    private static final int KEY_CHARS = 24;

    private Handshake() {}

    /** Judges an upgrade request; the first rule that it breaks decides the answer. */
    public static HandshakeResult answer(HandshakeRequest request, HandshakeConfig config) {
        Optional<HandshakeFailure> failure = requestLine(request)
                .or(() -> host(request, config.site()))
                .or(() -> upgrade(request))
                .or(() -> version(request))
                .or(() -> key(request))
                .or(() -> origin(request, config.site()));
        if (failure.isPresent()) {
            return rejected(failure.get());
        }
        Optional<List<ExtensionOffer>> offers = ExtensionParser.parse(request.values("Sec-WebSocket-Extensions"));
        if (offers.isEmpty()) {
            return rejected(HandshakeFailure.EXTENSIONS);
        }
        String key = request.values("Sec-WebSocket-Key").getFirst();
        return accepted(key, DeflateNegotiation.choose(offers.get(), config.deflate()));
    }

    /** Whether a request asks for WebSocket at all, so that a path may serve both it and plain pages. */
    public static boolean isAskedBy(HandshakeRequest request) {
        return request.values("Upgrade").stream().anyMatch(value -> hasToken(value, "websocket"));
    }

    /** {@code Sec-WebSocket-Accept} for a key (RFC 6455, section 4.2.2, 5.4); a client compares it. */
    public static String acceptFor(String key) {
        try {
            MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
            byte[] hash = sha1.digest((key + GUID).getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }

    private static Optional<HandshakeFailure> requestLine(HandshakeRequest request) {
        if (!request.method().equals("GET")) {
            return Optional.of(HandshakeFailure.METHOD);
        }
        if (!request.version().equals("HTTP/1.1")) {
            return Optional.of(HandshakeFailure.HTTP_VERSION);
        }
        if (!request.target().startsWith("/") || request.target().indexOf('#') >= 0) {
            return Optional.of(HandshakeFailure.TARGET);
        }
        boolean body = !request.values("Transfer-Encoding").isEmpty()
                || request.values("Content-Length").stream().anyMatch(value -> !value.equals("0"));
        return body ? Optional.of(HandshakeFailure.BODY) : Optional.empty();
    }

    private static Optional<HandshakeFailure> host(HandshakeRequest request, SiteRules site) {
        List<String> hosts = request.values("Host");
        if (hosts.size() != 1 || hosts.getFirst().isEmpty()) {
            return Optional.of(HandshakeFailure.HOST_MALFORMED);
        }
        return site.allowsHost(hosts.getFirst()) ? Optional.empty() : Optional.of(HandshakeFailure.HOST_UNKNOWN);
    }

    private static Optional<HandshakeFailure> upgrade(HandshakeRequest request) {
        List<String> upgrades = request.values("Upgrade");
        if (upgrades.isEmpty()) {
            return Optional.of(HandshakeFailure.UPGRADE_MISSING);
        }
        if (upgrades.size() > 1 || !upgrades.getFirst().equalsIgnoreCase("websocket")) {
            return Optional.of(HandshakeFailure.UPGRADE);
        }
        boolean asked = request.values("Connection").stream().anyMatch(value -> hasToken(value, "upgrade"));
        return asked ? Optional.empty() : Optional.of(HandshakeFailure.CONNECTION);
    }

    private static Optional<HandshakeFailure> version(HandshakeRequest request) {
        List<String> versions = request.values("Sec-WebSocket-Version");
        if (versions.size() > 1) {
            return Optional.of(HandshakeFailure.VERSION_REPEATED);
        }
        return versions.contains(VERSION) ? Optional.empty() : Optional.of(HandshakeFailure.VERSION);
    }

    private static Optional<HandshakeFailure> key(HandshakeRequest request) {
        List<String> keys = request.values("Sec-WebSocket-Key");
        boolean right = keys.size() == 1 && keys.getFirst().length() == KEY_CHARS && isSixteenBytes(keys.getFirst());
        return right ? Optional.empty() : Optional.of(HandshakeFailure.KEY);
    }

    private static boolean isSixteenBytes(String key) {
        try {
            return Base64.getDecoder().decode(key).length == KEY_BYTES;
        } catch (IllegalArgumentException e) {
            return false; // the decoder's way to say that it is no Base64
        }
    }

    private static Optional<HandshakeFailure> origin(HandshakeRequest request, SiteRules site) {
        String host = request.values("Host").getFirst();
        boolean allowed = site.allowsOrigins(request.values("Origin"), host, request.secure());
        return allowed ? Optional.empty() : Optional.of(HandshakeFailure.ORIGIN);
    }

    private static HandshakeResult accepted(String key, Optional<DeflateNegotiation.Agreement> deflate) {
        List<Map.Entry<String, String>> headers = new ArrayList<>();
        headers.add(Map.entry("Upgrade", "websocket"));
        headers.add(Map.entry("Connection", "Upgrade"));
        headers.add(Map.entry("Sec-WebSocket-Accept", acceptFor(key)));
        deflate.ifPresent(agreed -> headers.add(Map.entry("Sec-WebSocket-Extensions", agreed.response())));
        return new HandshakeResult.Accepted(headers, deflate.map(DeflateNegotiation.Agreement::params));
    }

    private static HandshakeResult rejected(HandshakeFailure failure) {
        List<Map.Entry<String, String>> headers = new ArrayList<>();
        if (failure.status() == 405) {
            headers.add(Map.entry("Allow", "GET"));
        }
        if (failure.status() == 426) {
            headers.add(Map.entry("Upgrade", "websocket"));
            headers.add(Map.entry("Sec-WebSocket-Version", VERSION));
        }
        headers.add(Map.entry("Connection", failure.status() == 426 ? "Upgrade, close" : "close"));
        return new HandshakeResult.Rejected(failure.status(), headers, failure);
    }

    private static boolean hasToken(String list, String wanted) {
        for (String element : list.split(",", -1)) {
            if (element.strip().equalsIgnoreCase(wanted)) {
                return true;
            }
        }
        return false;
    }
}
