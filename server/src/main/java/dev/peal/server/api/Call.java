package dev.peal.server.api;

import dev.peal.auth.ApiKey;
import dev.peal.auth.Sha256;
import dev.peal.auth.UserIds;
import dev.peal.protocol.ClientMessage;
import dev.peal.transport.http.Refusal;
import dev.peal.transport.http.Request;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A request whose key was found good, with the means to read its parts.
 *
 * @param values what stands in its path in place of parameters
 */
record Call(ApiKey key, Request request, List<String> values, Query query) {
    private static final String IDEMPOTENCY_KEY = "Idempotency-Key";

    /** Whom the log names as the sender of what this key stores, which is also the scope of its idempotency keys. */
    String sender() {
        return "api:" + key.id();
    }

    /** The room in the path. */
    String roomId() throws Refusal {
        String id = values.get(0);
        if (!ClientMessage.isRoomId(id)) {
            throw Refusal.bad("bad_room", "A room is 1 to 128 of a-z A-Z 0-9 - _.");
        }
        return id;
    }

    /** The user in the path. */
    String userId() throws Refusal {
        return validUser(values.get(0));
    }

    static String validUser(String id) throws Refusal {
        if (!UserIds.valid(id)) {
            throw Refusal.bad("bad_user", "A user is 1 to " + UserIds.CODE_POINTS_MAX + " printable characters.");
        }
        return id;
    }

    Body body(Set<String> known) throws Refusal {
        return Body.read(request.body(), known);
    }

    /** What makes this write repeatable, where the client wants that. */
    Optional<String> idempotencyKey() throws Refusal {
        List<String> given = request.headers().getAll(IDEMPOTENCY_KEY);
        if (given.isEmpty()) {
            return Optional.empty();
        }
        if (given.size() > 1 || !given.get(0).matches("[!-~]{1,64}")) {
            throw Refusal.bad(
                    "bad_idempotency_key", "Idempotency-Key is 1 to 64 visible ASCII characters, and there once.");
        }
        return Optional.of(given.get(0));
    }

    /** Tells two writes under one idempotency key apart: 64 bits of SHA-256 over the path and the body as JSON, so that its spacing does not matter. */
    long fingerprint(Body body) {
        byte[] end = {0};
        byte[] digest = Sha256.of(utf8(request.path()), end, utf8(request.query()), end, utf8(body.text()));
        return ByteBuffer.wrap(digest).getLong();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
