package dev.peal.protocol;

import java.util.Locale;

/** What an {@code ack} promises about a room's entries. */
public enum Durability {
    /** Flushed to the disk: survives the end of the process and a power cut. */
    DISK,
    /** Lost with the process; the next epoch says so. */
    MEMORY;

    private final String wire = name().toLowerCase(Locale.ROOT);

    public String wire() {
        return wire;
    }
}
