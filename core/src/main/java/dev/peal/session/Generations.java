package dev.peal.session;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Values kept for one to two turns after they were last used, and fewer where they weigh too much: a young and an old generation, of which a turn drops the old
 * one. However often it is used, no value gets older than {@link #TURNS_MAX} turns: what it was made from may have changed. Owned by one loop.
 */
final class Generations<K, V> {
    static final int TURNS_MAX = 5;

    private record Kept<V>(V value, int bytes, long born) {}

    private final int bytesMax;
    private final Consumer<V> dropped;
    private Map<K, Kept<V>> young = new HashMap<>();
    private Map<K, Kept<V>> old = new HashMap<>();
    private long youngBytes;
    private long turns;

    /**
     * @param bytesMax what both generations weigh at most, but for one value
     * @param dropped told of each value that is no longer kept
     */
    Generations(int bytesMax, Consumer<V> dropped) {
        this.bytesMax = bytesMax;
        this.dropped = dropped;
    }

    @Nullable
    V get(K key) {
        Kept<V> kept = young.get(key);
        boolean isYoung = kept != null;
        if (kept == null) {
            kept = old.remove(key);
        }
        if (kept == null) {
            return null;
        }
        if (turns - kept.born() >= TURNS_MAX) {
            young.remove(key);
            dropped.accept(kept.value());
            return null;
        }
        if (!isYoung) {
            keep(key, kept);
        }
        return kept.value();
    }

    /** Keeps a value under a key that has none. */
    void put(K key, V value, int bytes) {
        keep(key, new Kept<>(value, bytes, turns));
    }

    void turn() {
        turns++;
        dropOld();
    }

    private void dropOld() {
        if (young.isEmpty() && old.isEmpty()) {
            return;
        }
        Map<K, Kept<V>> gone = old;
        old = young;
        young = new HashMap<>();
        youngBytes = 0;
        for (Kept<V> kept : gone.values()) {
            dropped.accept(kept.value());
        }
    }

    int size() {
        return young.size() + old.size();
    }

    private void keep(K key, Kept<V> kept) {
        if (youngBytes + kept.bytes() > bytesMax / 2 && !young.isEmpty()) {
            dropOld();
        }
        young.put(key, kept);
        youngBytes += kept.bytes();
    }
}
