package dev.peal.server.fallback;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.auth.Identity;
import dev.peal.auth.RoomGlobs;
import dev.peal.limit.AddressKey;
import dev.peal.session.Arrival;
import dev.peal.testkit.ManualClock;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** PROMISES 29 for tickets: good once, for a short time, and only so many. */
final class StreamTicketsTest {
    private static final Arrival NOBODY = Arrival.of(null);
    private static final AddressKey HERE = new AddressKey(1);

    private final ManualClock clock = new ManualClock();
    private final StreamTickets tickets = new StreamTickets(30_000, clock);

    @Test
    void aTicketIsGoodUntilItsTimeIsUp() {
        String early = tickets.issue(NOBODY, HERE);
        String late = tickets.issue(NOBODY, HERE);
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
            String ticket = tickets.issue(NOBODY, HERE);
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
    void ofTooManyOfOneCallerTheEldestGoes() {
        List<String> issued = issue(StreamTickets.PER_CALLER_MAX, of("ann"), HERE);
        assertThat(tickets.redeem(issued.get(1))).isPresent();
        assertThat(tickets.issue(of("ann"), HERE)).as("one was used").isNotEmpty();
        assertThat(tickets.unused()).isEqualTo(StreamTickets.PER_CALLER_MAX);
        String late = tickets.issue(of("ann"), HERE);
        assertThat(tickets.unused()).isEqualTo(StreamTickets.PER_CALLER_MAX);
        assertThat(tickets.redeem(issued.get(0))).isEmpty();
        assertThat(tickets.redeem(issued.get(2))).isPresent();
        assertThat(tickets.redeem(late)).isPresent();
    }

    @Test
    void nobodyTakesTicketsFromSomebodyElse() {
        String bobs = tickets.issue(of("bob"), HERE);
        String nobodys = tickets.issue(NOBODY, HERE);
        String annsElsewhere = tickets.issue(of("ann"), new AddressKey(2));
        issue(3 * StreamTickets.PER_CALLER_MAX, of("ann"), HERE);
        for (String ticket : List.of(bobs, nobodys, annsElsewhere)) {
            assertThat(tickets.redeem(ticket)).isPresent();
        }
    }

    @Test
    void ofTooManyInAllTheCallersOwnGoesFirstAndElseTheEldest() {
        String eldest = tickets.issue(of("bob"), HERE);
        String second = tickets.issue(of("carl"), HERE);
        String own = tickets.issue(of("ann"), HERE);
        for (int i = 3; i < StreamTickets.TICKETS_MAX; i++) {
            tickets.issue(of("user" + i), HERE);
        }
        assertThat(tickets.unused()).isEqualTo(StreamTickets.TICKETS_MAX);
        tickets.issue(of("ann"), HERE);
        assertThat(tickets.redeem(own)).isEmpty();
        assertThat(tickets.unused()).isEqualTo(StreamTickets.TICKETS_MAX);
        tickets.issue(of("dora"), HERE);
        assertThat(tickets.redeem(eldest)).isEmpty();
        assertThat(tickets.redeem(second)).isPresent();
    }

    @Test
    void whatIsTooLateIsForgotten() {
        issue(5, of("ann"), HERE);
        clock.advanceMillis(30_000);
        tickets.issue(of("bob"), HERE);
        assertThat(tickets.unused()).isEqualTo(1);
    }

    private List<String> issue(int count, Arrival arrival, AddressKey address) {
        return IntStream.range(0, count)
                .mapToObj(i -> tickets.issue(arrival, address))
                .toList();
    }

    private static Arrival of(String user) {
        return Arrival.of(new Identity(user, user, false, Identity.NEVER, 0, RoomGlobs.ALL, null));
    }
}
