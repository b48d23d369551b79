package dev.peal.hub;

import java.util.LinkedHashMap;

/** What a full member has missed or is still owed. Exists only while it lags; owned by the connection's loop. */
final class Lag {
    private final LinkedHashMap<String, Push> owed = new LinkedHashMap<>();
    private long skipped;
    private long newestSkipped;

    void skip(Push push) {
        skipped++;
        newestSkipped = Math.max(newestSkipped, push.offset());
    }

    /** Keeps the newest of a key, at the place of the newest. */
    void owe(String key, Push push) {
        owed.remove(key);
        owed.put(key, push);
    }

    LinkedHashMap<String, Push> owed() {
        return owed;
    }

    long skipped() {
        return skipped;
    }

    long newestSkipped() {
        return newestSkipped;
    }
}
