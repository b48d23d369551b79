package dev.peal.session;

import dev.peal.protocol.CloseReason;
import dev.peal.protocol.ErrorCode;
import org.jspecify.annotations.Nullable;

/** Who waits for the answer to a message that came beside the connection. Exactly one call comes, on the session's loop; it must not block or throw. */
public interface Answer {
    /** The reply, a JSON object in UTF-8. */
    void replied(byte[] reply);

    /**
     * An error.
     *
     * @param error the reply, a JSON object in UTF-8
     * @param retryAfterMillis how long to wait at least, 0 where that is not known
     */
    void refused(ErrorCode code, byte[] error, long retryAfterMillis);

    /** The session ended before there was an answer; what was asked may have happened. {@code reason} is null where the connection was lost. */
    void ended(@Nullable CloseReason reason);
}
