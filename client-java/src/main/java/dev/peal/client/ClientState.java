package dev.peal.client;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * Where a client stands.
 *
 * @param transport the one in use, or being tried
 * @param retryInMillis while it waits: how long, from when that began
 * @param reason why it does not have a connection: a close code's name or a code of the client's own
 */
public record ClientState(
        Phase phase, Optional<String> transport, OptionalLong retryInMillis, Optional<String> reason) {
    static final ClientState INITIAL =
            new ClientState(Phase.IDLE, Optional.empty(), OptionalLong.empty(), Optional.empty());

    /** The phases. */
    public enum Phase {
        /** Not started, or stopped by the program. */
        IDLE,
        /** On its way: asking for a token, opening, signing in. */
        CONNECTING,
        /** Signed in. */
        LIVE,
        /** Between two tries. */
        WAITING,
        /** The server sent it away for good; only the program can start it again. */
        STOPPED
    }
}
