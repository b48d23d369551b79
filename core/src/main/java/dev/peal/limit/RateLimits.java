package dev.peal.limit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.peal.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How often one client may send each type of message (PROTOCOL 2.6). Thread-safe.
 *
 * <p>A session calls {@link #open} when its user is known ({@link #anonymous} before), {@link #close} at its end, and {@link #tryTake} for each message. A
 * user who comes back within the longest window finds the buckets as they were left, so that reconnecting wins nothing.
 */
public final class RateLimits {
    /** How many absent users' buckets are remembered. Beyond it, those that left first begin anew. */
    public static final int ABSENT_MAX = 100_000;

    private final Clock clock;
    private final long originNanos;
    private final Map<String, MessageClass> classes = new TreeMap<>();
    private final MessageClass others;
    private final ConcurrentHashMap<String, ClientBuckets> present = new ConcurrentHashMap<>();
    private final Cache<String, ClientBuckets> absent;

    /**
     * @param others for the types that are not named, all together one class
     * @param limits by message type
     */
    public RateLimits(Limit others, Map<String, Limit> limits, Clock clock) {
        this.clock = clock;
        this.originNanos = clock.nanos();
        this.others = new MessageClass("other", others, 0);
        for (var entry : new TreeMap<>(limits).entrySet()) {
            classes.put(entry.getKey(), new MessageClass(entry.getKey(), entry.getValue(), classes.size() + 1));
        }
        this.absent = Caffeine.newBuilder()
                .maximumSize(ABSENT_MAX)
                .expireAfterWrite(Duration.ofMillis(longestWindowMillis()))
                .ticker(clock::nanos)
                .executor(Runnable::run)
                .build();
    }

    /** The class of a message type; ask once per type, not per message. A type without a limit of its own shares one class with all such. */
    public MessageClass messageClass(String type) {
        return classes.getOrDefault(type, others);
    }

    /** The buckets of a user, shared by all of its sessions; give them back by {@link #close}. */
    public ClientBuckets open(String userId) {
        return present.compute(userId, (user, held) -> {
            if (held != null) {
                return held.held();
            }
            var left = absent.asMap().remove(user);
            return (left != null ? left : new ClientBuckets(user, classes.size() + 1)).held();
        });
    }

    /** Gives a user's buckets back; exactly once for each {@link #open}. */
    public void close(ClientBuckets buckets) {
        present.computeIfPresent(buckets.client(), (user, held) -> {
            if (held != buckets || !held.released()) {
                return held;
            }
            absent.put(user, held);
            return null;
        });
    }

    /** The buckets of a connection without a user: they end with it, and closing them is harmless. */
    public ClientBuckets anonymous() {
        return new ClientBuckets("", classes.size() + 1);
    }

    /**
     * Takes one message of a class. Allocates nothing.
     *
     * @return 0 if it may pass, else in how many milliseconds the next one may
     */
    public long tryTake(ClientBuckets buckets, MessageClass messageClass) {
        return messageClass.limit().unlimited()
                ? 0
                : buckets.tryTake(messageClass, Bucket.sinceMillis(clock, originNanos));
    }

    /** Users whose buckets are held now, by a session or in remembrance: for metrics and tests. */
    public long clients() {
        absent.cleanUp();
        return present.size() + absent.estimatedSize();
    }

    private long longestWindowMillis() {
        long longest = others.limit().windowMillis();
        for (var messageClass : classes.values()) {
            longest = Math.max(longest, messageClass.limit().windowMillis());
        }
        return longest;
    }
}
