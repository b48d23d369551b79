package dev.peal.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.time.ManualClock;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

/** The bucket in one long against the bucket as anybody would write it, with exact fractions. jqwik prints the seed of a failure. */
class BucketProperties {
    /** Holds tokens times {@code window}, so that a millisecond adds exactly {@code count}. */
    private static final class PlainBucket {
        private final BigInteger count;
        private final BigInteger window;
        private BigInteger held;

        PlainBucket(Limit limit) {
            count = BigInteger.valueOf(limit.count());
            window = BigInteger.valueOf(limit.windowMillis());
            held = count.multiply(window);
        }

        void pass(long millis) {
            held = held.add(count.multiply(BigInteger.valueOf(millis))).min(count.multiply(window));
        }

        long tryTake() {
            if (held.compareTo(window) >= 0) {
                held = held.subtract(window);
                return 0;
            }
            var missing = window.subtract(held);
            return missing.add(count).subtract(BigInteger.ONE).divide(count).longValueExact();
        }
    }

    @Property(tries = 2000)
    void agreesWithAPlainBucket(
            @ForAll @IntRange(min = 1, max = 50) int count,
            @ForAll @LongRange(min = 1, max = 5000) long windowMillis,
            @ForAll @Size(max = 200) List<@IntRange(max = 300) Integer> pauses) {
        compare(
                new Limit(count, windowMillis),
                pauses.stream().map(Integer::longValue).toList());
    }

    @Property(tries = 500)
    void agreesAtTheEndsOfTheRanges(
            @ForAll @IntRange(min = 1, max = Limit.COUNT_MAX) int count,
            @ForAll @LongRange(min = 1, max = Limit.WINDOW_MILLIS_MAX) long windowMillis,
            @ForAll @Size(max = 50) List<@LongRange(max = 30L * 86_400_000) Long> pauses) {
        compare(new Limit(count, windowMillis), pauses);
    }

    @Property(tries = 500)
    void whatItSaysIsTheFirstInstantThatPasses(
            @ForAll @IntRange(min = 1, max = 1000) int count,
            @ForAll @LongRange(min = 2, max = 100_000) long windowMillis) {
        var limit = new Limit(count, windowMillis);
        long state = Bucket.FULL;
        for (int i = 0; i < count; i++) {
            state = Bucket.take(limit, state, 7);
            assertThat(state).isNotEqualTo(Bucket.EMPTY);
        }
        assertThat(Bucket.take(limit, state, 7)).isEqualTo(Bucket.EMPTY);
        long wait = Bucket.retryAfterMillis(limit, state, 7);
        assertThat(Bucket.take(limit, state, 7 + wait)).isNotEqualTo(Bucket.EMPTY);
        assertThat(Bucket.take(limit, state, 7 + wait - 1)).isEqualTo(Bucket.EMPTY);
    }

    private static void compare(Limit limit, List<Long> pauses) {
        var clock = new ManualClock();
        var limits = new RateLimits(limit, Map.of(), clock);
        var buckets = limits.open("ann");
        var messageClass = limits.messageClass("chat");
        var plain = new PlainBucket(limit);
        for (long pause : pauses) {
            clock.advanceMillis(pause);
            plain.pass(pause);
            for (int i = 0; i < 3; i++) {
                assertThat(limits.tryTake(buckets, messageClass)).isEqualTo(plain.tryTake());
            }
        }
    }
}
