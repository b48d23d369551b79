package dev.peal.client.link;

import java.util.OptionalLong;

/**
 * How a connection ended.
 *
 * @param code as in PROTOCOL.md, section 10; 1006 where nobody said why
 * @param afterMillis how long the server wants the client to stay away ({@code Retry-After}), before its own back-off
 * @param progress how far it had come
 */
public record LinkEnd(int code, String reason, OptionalLong afterMillis, Progress progress) {
    static final int ABNORMAL = 1006;
    static final int FORBIDDEN = 4403;
    static final int TOKEN_EXPIRED = 4401;

    /** How far a connection came: what another transport may do better. */
    public enum Progress {
        /** Nobody answered, or what answered had no server behind it: no transport would do better now. */
        UNREACHED,
        /** It was cut before it was open: the network's mood, or somebody who does not let this transport pass. */
        CUT,
        /** Something that does not speak this transport answered: another one may do better at once. */
        REFUSED,
        /** It was open. */
        OPENED
    }

    static LinkEnd abnormal(String reason, Progress progress) {
        return new LinkEnd(ABNORMAL, reason, OptionalLong.empty(), progress);
    }

    static LinkEnd closed(int code, String reason) {
        return new LinkEnd(code, reason, OptionalLong.empty(), Progress.OPENED);
    }
}
