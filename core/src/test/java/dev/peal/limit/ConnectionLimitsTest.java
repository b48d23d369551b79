package dev.peal.limit;

import static dev.peal.limit.ConnectionLimits.Admission.ADDRESS_FULL;
import static dev.peal.limit.ConnectionLimits.Admission.ADMITTED;
import static dev.peal.limit.ConnectionLimits.Admission.SERVER_FULL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ConnectionLimitsTest {
    private static final AddressKey HERE = new AddressKey(1);
    private static final AddressKey THERE = new AddressKey(2);

    @Test
    void admitsTenAndNotTheEleventhOfAnAddress() {
        var limits = new ConnectionLimits(ConnectionLimits.PER_ADDRESS_DEFAULT, 1000);
        for (int i = 0; i < 10; i++) {
            assertThat(limits.acquire(HERE)).isEqualTo(ADMITTED);
        }
        assertThat(limits.acquire(HERE)).isEqualTo(ADDRESS_FULL);
        assertThat(limits.acquire(THERE)).isEqualTo(ADMITTED);
        assertThat(limits.connections()).isEqualTo(11);
    }

    @Test
    void admitsAgainOnceOneEnded() {
        var limits = new ConnectionLimits(1, 1000);
        assertThat(limits.acquire(HERE)).isEqualTo(ADMITTED);
        assertThat(limits.acquire(HERE)).isEqualTo(ADDRESS_FULL);
        limits.release(HERE);
        assertThat(limits.acquire(HERE)).isEqualTo(ADMITTED);
    }

    @Test
    void admitsSoManyInAll() {
        var limits = new ConnectionLimits(10, 2);
        assertThat(limits.acquire(HERE)).isEqualTo(ADMITTED);
        assertThat(limits.acquire(THERE)).isEqualTo(ADMITTED);
        assertThat(limits.acquire(new AddressKey(3))).isEqualTo(SERVER_FULL);
        limits.release(HERE);
        assertThat(limits.acquire(new AddressKey(3))).isEqualTo(ADMITTED);
    }

    @Test
    void releasingWhatIsNotOpenIsABug() {
        var limits = new ConnectionLimits(10, 2);
        assertThatThrownBy(() -> limits.release(HERE)).isInstanceOf(IllegalStateException.class);
        assertThat(limits.connections()).isZero();
    }

    @Test
    void neverExceedsALimitUnderContention() throws Exception {
        var limits = new ConnectionLimits(5, 12);
        var open = new AtomicInteger();
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        var workers = new ArrayList<Callable<Integer>>();
        for (int worker = 0; worker < 6; worker++) {
            var random = new Random(seed + worker);
            workers.add(() -> churn(limits, open, random));
        }
        try (var threads = Executors.newFixedThreadPool(6)) {
            int admitted = 0;
            for (var worker : threads.invokeAll(workers)) {
                admitted += worker.get();
            }
            assertThat(admitted).isPositive();
        }
        assertThat(limits.connections()).isZero();
        for (int address = 0; address < 4; address++) {
            assertThat(limits.connections(new AddressKey(address))).isZero();
        }
    }

    private static int churn(ConnectionLimits limits, AtomicInteger open, Random random) {
        var held = new ArrayList<AddressKey>();
        int admitted = 0;
        for (int i = 0; i < 20_000; i++) {
            var address = new AddressKey(random.nextInt(4));
            if (random.nextBoolean() && limits.acquire(address) == ADMITTED) {
                assertThat(open.incrementAndGet()).isLessThanOrEqualTo(12);
                assertThat(limits.connections(address)).isLessThanOrEqualTo(5);
                held.add(address);
                admitted++;
            } else if (!held.isEmpty()) {
                open.decrementAndGet();
                limits.release(held.removeLast());
            }
        }
        held.forEach(limits::release);
        open.addAndGet(-held.size());
        return admitted;
    }
}
