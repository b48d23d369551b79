package dev.peal.session;

import dev.peal.protocol.ErrorCode;
import dev.peal.protocol.RequestId;
import org.jspecify.annotations.Nullable;

/** Where the one answer to a message goes, and the id that it carries. Used on the connection's loop; silent once the session is closed. */
interface Reply {
    /** What the client knows the answer by; null where it said nothing. */
    @Nullable
    RequestId id();

    /** Whether something is waiting: without it only what was asked for is said. */
    boolean wanted();

    /** Answers now. */
    void say(byte[] frame);

    /** Answers behind every push of this iteration. */
    void sayLast(byte[] frame);

    /** Answers with an error now. */
    void refuse(ErrorCode code);

    /** Answers with an error behind every push of this iteration. */
    void refuseLast(ErrorCode code);

    /** Answers that it was too much. */
    void slowDown(long retryAfterMillis);
}
