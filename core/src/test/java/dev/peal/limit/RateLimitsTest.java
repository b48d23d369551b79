package dev.peal.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.peal.time.ManualClock;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RateLimitsTest {
    private final ManualClock clock = new ManualClock();
    private final RateLimits limits =
            new RateLimits(Limit.BASE, Map.of("typing", new Limit(5, 1000), "ping", Limit.UNLIMITED), clock);
    private final MessageClass chat = limits.messageClass("chat");
    private final MessageClass typing = limits.messageClass("typing");

    @Test
    void refusesTheEleventhAtOnceAndSaysExactlyWhen() {
        var ann = limits.open("ann");
        for (int i = 0; i < 10; i++) {
            assertThat(limits.tryTake(ann, chat)).isZero();
        }
        assertThat(limits.tryTake(ann, chat)).isEqualTo(6000);
        clock.advanceMillis(5999);
        assertThat(limits.tryTake(ann, chat)).isEqualTo(1);
        clock.advanceMillis(1);
        assertThat(limits.tryTake(ann, chat)).isZero();
        assertThat(limits.tryTake(ann, chat)).isEqualTo(6000);
    }

    @Test
    void refillsEvenlyAndNeverBeyondTheCount() {
        var ann = limits.open("ann");
        assertThat(taken(ann, chat)).isEqualTo(10);
        clock.advanceMillis(30_000);
        assertThat(taken(ann, chat)).isEqualTo(5);
        clock.advanceMillis(86_400_000);
        assertThat(taken(ann, chat)).isEqualTo(10);
    }

    @Test
    void countsEachClassAndEachClientOnItsOwn() {
        var ann = limits.open("ann");
        var bob = limits.open("bob");
        assertThat(taken(ann, chat)).isEqualTo(10);
        assertThat(taken(ann, typing)).isEqualTo(5);
        assertThat(taken(bob, chat)).isEqualTo(10);
        assertThat(taken(limits.anonymous(), chat)).isEqualTo(10);
    }

    @Test
    void letsAnUnlimitedClassPass() {
        var ann = limits.open("ann");
        assertThat(IntStream.range(0, 100_000).mapToLong(i -> limits.tryTake(ann, limits.messageClass("ping"))))
                .containsOnly(0L);
    }

    @Test
    void twoSessionsOfAUserShareTheirBuckets() {
        assertThat(limits.open("ann")).isSameAs(limits.open("ann"));
    }

    @Test
    void reconnectingWinsNothing() {
        var before = limits.open("ann");
        assertThat(taken(before, chat)).isEqualTo(10);
        limits.close(before);
        assertThat(taken(limits.open("ann"), chat)).isZero();
    }

    @Test
    void theFirstTabsEndDoesNotFreeTheSecond() {
        var first = limits.open("ann");
        var second = limits.open("ann");
        limits.close(first);
        assertThat(taken(second, chat)).isEqualTo(10);
        assertThat(taken(limits.open("ann"), chat)).isZero();
    }

    @Test
    void forgetsWhoIsAwayForTheLongestWindow() {
        limits.close(limits.open("ann"));
        clock.advanceMillis(59_999);
        assertThat(limits.clients()).isEqualTo(1);
        clock.advanceMillis(1);
        assertThat(limits.clients()).isZero();
    }

    @Test
    void remembersOnlySoManyAbsent() {
        for (int i = 0; i < RateLimits.ABSENT_MAX + 1000; i++) {
            limits.close(limits.open("user" + i));
        }
        assertThat(limits.clients()).isLessThanOrEqualTo(RateLimits.ABSENT_MAX);
    }

    @Test
    void closingAnonymousBucketsIsHarmless() {
        limits.close(limits.anonymous());
        assertThat(limits.clients()).isZero();
    }

    @Test
    void sharedByThreadsItGivesExactlyTheCount() throws Exception {
        var wide = new RateLimits(new Limit(10_000, 86_400_000), Map.of(), clock);
        var ann = wide.open("ann");
        var message = wide.messageClass("chat");
        Callable<Long> taker = () -> IntStream.range(0, 10_000)
                .filter(i -> wide.tryTake(ann, message) == 0)
                .count();
        try (var threads = Executors.newFixedThreadPool(4)) {
            long taken = 0;
            for (var one : threads.invokeAll(java.util.Collections.nCopies(4, taker))) {
                taken += one.get();
            }
            assertThat(taken).isEqualTo(10_000);
        }
    }

    @Test
    void takingAllocatesNothing() {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        var ann = limits.open("ann");
        long warm = takeMany(ann);
        long before = threads.getCurrentThreadAllocatedBytes();
        long refused = takeMany(ann);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertThat(warm + refused).isPositive();
        assertThat(allocated).as("bytes for 200,000 calls").isLessThan(10_000);
    }

    @Test
    void aLimitHasItsRange() {
        assertThat(new Limit(Limit.COUNT_MAX, Limit.WINDOW_MILLIS_MAX)).isNotNull();
        assertThatThrownBy(() -> new Limit(Limit.COUNT_MAX + 1, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Limit(1, Limit.WINDOW_MILLIS_MAX + 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Limit(-1, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Limit(1, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    private long takeMany(ClientBuckets buckets) {
        long refused = 0;
        for (int i = 0; i < 200_000; i++) {
            refused += limits.tryTake(buckets, chat) == 0 ? 0 : 1;
        }
        return refused;
    }

    private int taken(ClientBuckets buckets, MessageClass messageClass) {
        int taken = 0;
        while (limits.tryTake(buckets, messageClass) == 0) {
            taken++;
        }
        return taken;
    }
}
