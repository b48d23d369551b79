package dev.peal.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.time.ManualClock;
import org.junit.jupiter.api.Test;

class AddressLimitTest {
    private final ManualClock clock = new ManualClock();
    private final AddressLimit limit = new AddressLimit(new Limit(10, 3_600_000), clock);

    @Test
    void refusesTheEleventhInAnHourOfOneAddress() {
        for (int i = 0; i < 10; i++) {
            assertThat(limit.tryTake(new AddressKey(1))).isZero();
        }
        assertThat(limit.tryTake(new AddressKey(1))).isEqualTo(360_000);
        assertThat(limit.tryTake(new AddressKey(2))).isZero();
        clock.advanceMillis(360_000);
        assertThat(limit.tryTake(new AddressKey(1))).isZero();
    }

    @Test
    void forgetsAnAddressWhenItsBucketIsFull() {
        limit.tryTake(new AddressKey(1));
        assertThat(limit.addresses()).isEqualTo(1);
        clock.advanceMillis(3_600_001);
        assertThat(limit.addresses()).isZero();
    }

    @Test
    void remembersOnlySoMany() {
        for (int i = 0; i < AddressLimit.ADDRESSES_MAX + 1000; i++) {
            limit.tryTake(new AddressKey(i));
        }
        assertThat(limit.addresses()).isLessThanOrEqualTo(AddressLimit.ADDRESSES_MAX);
    }

    @Test
    void letsAllPassWithoutALimit() {
        var none = new AddressLimit(Limit.UNLIMITED, clock);
        for (int i = 0; i < 1000; i++) {
            assertThat(none.tryTake(new AddressKey(1))).isZero();
        }
        assertThat(none.addresses()).isZero();
    }
}
