package dev.peal.auth;

import java.util.Optional;

/** Port: the API keys that are good now. Thread-safe; never blocks. */
@FunctionalInterface
public interface KeyRing {
    /** One without keys. */
    KeyRing NONE = text -> Optional.empty();

    /** The key of this text, as a client sent it; none where it is wrong in any way. */
    Optional<ApiKey> find(String text);
}
