package dev.peal.session;

import dev.peal.protocol.Parsed;
import java.nio.charset.StandardCharsets;

/** Tells two payloads under one message id apart: FNV-1a, 64 bit, over the type and the {@code data} that the client sent. */
final class Fingerprint {
    private static final long OFFSET = 0xcbf29ce484222325L;
    private static final long PRIME = 0x100000001b3L;

    private Fingerprint() {}

    static long of(Parsed.Envelope envelope) {
        long hash = add(OFFSET, envelope.type());
        return add(hash * PRIME, envelope.data().toString());
    }

    private static long add(long hash, String text) {
        long next = hash;
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            next = (next ^ b & 0xff) * PRIME;
        }
        return next;
    }
}
