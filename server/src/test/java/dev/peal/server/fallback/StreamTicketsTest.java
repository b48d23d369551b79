package dev.peal.server.fallback;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.limit.AddressKey;
import dev.peal.session.Arrival;
import dev.peal.testkit.ManualClock;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** PROMISES 29 for tickets: good once, for a short time, and only so many. */
final class StreamTicketsTest {
    private static final Arrival NOBODY = Arrival.of(null);
    private static final AddressKey HERE = new AddressKey(1);

    private final ManualClock clock = new ManualClock();
    private final StreamTickets tickets = new StreamTickets(30_000, clock);

    @Test
    void aTicketIsGoodUntilItsTimeIsUp() {
        String early = tickets.issue(NOBODY, HERE).orElseThrow();
        String late = tickets.issue(NOBODY, HERE).orElseThrow();
        clock.advanceMillis(29_999);
        assertThat(tickets.redeem(early)).contains(NOBODY);
        clock.advanceMillis(1);
        assertThat(tickets.redeem(late)).isEmpty();
        assertThat(tickets.redeem(early)).isEmpty();
        assertThat(tickets.redeem("")).isEmpty();
    }

    @Test
    void ofAThousandWhoUseATicketAtOnceOneWins() throws InterruptedException {
        for (int run = 0; run < 20; run++) {
            String ticket = tickets.issue(NOBODY, HERE).orElseThrow();
            AtomicInteger won = new AtomicInteger();
            CountDownLatch begin = new CountDownLatch(1);
            Set<Thread> threads = new HashSet<>();
            for (int i = 0; i < 1_000; i++) {
                threads.add(Thread.ofVirtual().start(() -> {
                    try {
                        begin.await();
                    } catch (InterruptedException e) {
                        throw new AssertionError(e);
                    }
                    tickets.redeem(ticket).ifPresent(arrival -> won.incrementAndGet());
                }));
            }
            begin.countDown();
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(won).hasValue(1);
        }
    }

    @Test
    void unusedTicketsOfAnAddressAreLimitedAndForgotten() {
        for (int i = 0; i < StreamTickets.PER_ADDRESS_MAX; i++) {
            assertThat(tickets.issue(NOBODY, HERE)).isPresent();
        }
        assertThat(tickets.issue(NOBODY, HERE)).isEmpty();
        String other = tickets.issue(NOBODY, new AddressKey(2)).orElseThrow();
        assertThat(tickets.redeem(other)).isPresent();
        clock.advanceMillis(30_000);
        assertThat(tickets.issue(NOBODY, HERE)).isPresent();
        assertThat(tickets.unused()).isEqualTo(1);
    }
}
