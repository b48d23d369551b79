package dev.peal.limit;

import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/**
 * One client's buckets, one per class of message: what a session holds, so that the path of a message looks nothing up. A user's sessions share one, on
 * whatever threads they are. Obtained from {@link RateLimits}.
 */
public final class ClientBuckets {
    private final String client;
    private final int slots;

    /** Made for the first message that is limited at all: a listener may never send one. */
    private volatile @Nullable AtomicLongArray states;

    /** How many sessions hold it; changed under the registry's lock for this client alone. */
    private int holders;

    ClientBuckets(String client, int slots) {
        this.client = client;
        this.slots = slots;
    }

    String client() {
        return client;
    }

    ClientBuckets held() {
        holders++;
        return this;
    }

    /** Gives it back; whether nobody holds it any more. */
    boolean released() {
        return --holders == 0;
    }

    /** Takes one token of a class; lock-free, and but for the first time allocates nothing. */
    long tryTake(MessageClass messageClass, long nowMillis) {
        Limit limit = messageClass.limit();
        int slot = messageClass.slot();
        AtomicLongArray buckets = states();
        while (true) {
            long state = buckets.get(slot);
            long after = Bucket.take(limit, state, nowMillis);
            if (after == Bucket.EMPTY) {
                return Bucket.retryAfterMillis(limit, state, nowMillis);
            }
            if (buckets.compareAndSet(slot, state, after)) {
                return 0;
            }
        }
    }

    private AtomicLongArray states() {
        AtomicLongArray made = states;
        if (made != null) {
            return made;
        }
        synchronized (this) {
            made = states;
            if (made == null) {
                made = new AtomicLongArray(slots);
                states = made;
            }
            return made;
        }
    }
}
