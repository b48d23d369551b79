package dev.peal.client;

import dev.peal.protocol.CloseReason;

/** What a client does after a close (PROTOCOL.md, section 10). */
enum AfterClose {
    STAY_AWAY,
    BACK_OFF,
    /** Come back with another token only. */
    NEW_TOKEN,
    /** Come back when the server said, else back off. */
    SLOT;

    private static final int POLICY_VIOLATION = 1008;

    /** Only the reason of 1008 counts, as it stands: any other than the known ones ends a connection that abused the codec. */
    static AfterClose of(int code, String reason) {
        for (CloseReason known : CloseReason.values()) {
            if (known.code() == code
                    && (code != POLICY_VIOLATION || known.reason().equals(reason))) {
                return of(known);
            }
        }
        return code == POLICY_VIOLATION ? STAY_AWAY : BACK_OFF;
    }

    private static AfterClose of(CloseReason reason) {
        if (reason == CloseReason.RESTART) {
            return SLOT;
        }
        return switch (reason.reconnect()) {
            case NO -> STAY_AWAY;
            case WITH_NEW_TOKEN -> NEW_TOKEN;
            case BACK_OFF -> BACK_OFF;
        };
    }
}
