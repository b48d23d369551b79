package dev.peal.protocol;

import java.util.Locale;

/** How a {@code joined} answers the {@code since} of its {@code join_room}. */
public sealed interface Recovery {
    /** No {@code since} was given: there is nothing to recover. */
    record NotAsked() implements Recovery {}

    /** Every entry after {@code since} follows, once and in order. */
    record Complete() implements Recovery {}

    /**
     * Nothing is replayed: what came after {@code since} is not all there any more.
     *
     * @param oldest the oldest offset still held; newest + 1 where none is
     */
    record Lost(Reason reason, long oldest) implements Recovery {}

    /** Why entries are missing. */
    enum Reason {
        EPOCH_CHANGED,
        HISTORY_TRIMMED;

        private final String wire = name().toLowerCase(Locale.ROOT);

        public String wire() {
            return wire;
        }
    }

    Recovery NOT_ASKED = new NotAsked();
    Recovery COMPLETE = new Complete();
}
