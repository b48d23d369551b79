package dev.peal.hub;

import java.util.ArrayList;
import java.util.List;

/** What a roster gathered during one iteration, and its encodings so far. Reused; owned by one loop. */
final class Batch {
    private final ArrayList<Push> pushes = new ArrayList<>();
    private final Encoded encoded = new Encoded(pushes);
    private int weight;
    private int exceptions;
    private int signals;

    void add(Push push) {
        pushes.add(push);
        weight += push.weight();
        if (push.except() != null) {
            exceptions++;
        }
        if (push.offset() == 0) {
            signals++;
        }
    }

    boolean isEmpty() {
        return pushes.isEmpty();
    }

    int count() {
        return pushes.size();
    }

    int weight() {
        return weight;
    }

    List<Push> pushes() {
        return pushes;
    }

    EncodedBatch encoded(Format format) {
        return encoded.in(format);
    }

    /** Whether a live member takes the batch whole. */
    boolean isWholeFor(Subscriber subscriber) {
        if (exceptions == 0) {
            return true;
        }
        for (int i = 0; i < pushes.size(); i++) {
            if (pushes.get(i).except() == subscriber) {
                return false;
            }
        }
        return true;
    }

    boolean hasSignals() {
        return signals > 0;
    }

    void clear() {
        pushes.clear();
        weight = 0;
        exceptions = 0;
        signals = 0;
        encoded.release();
    }
}
