package dev.peal.limit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.peal.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** How often one address may do one thing: guest tokens, reads over HTTP. Thread-safe; one bucket per address, forgotten when it is full again. */
public final class AddressLimit {
    /** How many addresses are remembered; beyond it, the least used begin anew. */
    public static final int ADDRESSES_MAX = 100_000;

    private final Limit limit;
    private final Clock clock;
    private final long originNanos;
    private final Cache<AddressKey, AtomicLong> buckets;

    /** @param limit what one address may take */
    public AddressLimit(Limit limit, Clock clock) {
        this.limit = limit;
        this.clock = clock;
        this.originNanos = clock.nanos();
        this.buckets = Caffeine.newBuilder()
                .maximumSize(ADDRESSES_MAX)
                .expireAfterAccess(Duration.ofMillis(limit.windowMillis()))
                .ticker(clock::nanos)
                .executor(Runnable::run)
                .build();
    }

    /**
     * Takes once.
     *
     * @return 0 if it may pass, else in how many milliseconds the next one may
     */
    public long tryTake(AddressKey address) {
        if (limit.unlimited()) {
            return 0;
        }
        AtomicLong bucket = buckets.get(address, key -> new AtomicLong(Bucket.FULL));
        long now = Bucket.sinceMillis(clock, originNanos);
        while (true) {
            long state = bucket.get();
            long after = Bucket.take(limit, state, now);
            if (after == Bucket.EMPTY) {
                return Bucket.retryAfterMillis(limit, state, now);
            }
            if (bucket.compareAndSet(state, after)) {
                return 0;
            }
        }
    }

    /** Addresses remembered now: for metrics and tests. */
    public long addresses() {
        buckets.cleanUp();
        return buckets.estimatedSize();
    }
}
