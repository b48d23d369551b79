package dev.peal.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Flow;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Subscribers that are slower than their room. */
final class RoomSubscriptionTest {
    private static final int QUEUE = 200;

    private final ManualLoop loop = new ManualLoop();
    private final FakePeal server = new FakePeal(loop, 7);
    private final PealClient client = PealClient.builder("http://fake")
            .user("ann", "Ann")
            .transports(server)
            .loop(loop)
            .callbacks(loop)
            .random(new Random(7))
            .settings(ClientSettings.DEFAULT.withMaxEvents(QUEUE))
            .connect();
    private final Room room = client.room("lobby");
    private final Taker slow = new Taker();

    private static final class Taker implements Flow.Subscriber<RoomEvent> {
        private final List<RoomEvent> taken = new ArrayList<>();
        private final List<Flow.Subscription> subscriptions = new ArrayList<>();
        private boolean complete;

        @Override
        public void onSubscribe(Flow.Subscription begun) {
            subscriptions.add(begun);
        }

        @Override
        public void onNext(RoomEvent event) {
            taken.add(event);
        }

        @Override
        public void onError(Throwable failure) {
            throw new AssertionError(failure);
        }

        @Override
        public void onComplete() {
            complete = true;
        }

        void request(long n) {
            subscriptions.get(0).request(n);
        }

        List<Long> offsets() {
            return taken.stream()
                    .flatMapToLong(event -> event.offset().stream())
                    .boxed()
                    .toList();
        }
    }

    private void said(int count) {
        for (int i = 0; i < count; i++) {
            server.says("lobby", "m" + server.entries("lobby").size());
        }
        loop.pass(1_000);
    }

    private void subscribe() {
        room.events().subscribe(slow);
        loop.pass(1_000);
    }

    private static List<Long> upTo(long last) {
        return LongStream.rangeClosed(1, last).boxed().toList();
    }

    @Test
    void getsNoMoreThanItAskedFor() {
        subscribe();
        said(10);
        assertThat(slow.taken).isEmpty();
        slow.request(4); // the joining, and three entries
        loop.pass(1);
        assertThat(slow.offsets()).containsExactly(1L, 2L, 3L);
        slow.request(100);
        loop.pass(1);
        assertThat(slow.offsets()).isEqualTo(upTo(10));
    }

    @Test
    void whoFellBehindReadsWhatIsStoredAndMissesNothing() {
        subscribe();
        said(5 * QUEUE);
        while (slow.offsets().size() < 5 * QUEUE) {
            int before = slow.taken.size();
            slow.request(7);
            loop.pass(2_000);
            assertThat(slow.taken.size() - before).as("no more than asked for").isBetween(1, 7);
        }
        said(3);
        slow.request(10);
        loop.pass(1_000);
        assertThat(slow.offsets()).isEqualTo(upTo(5 * QUEUE + 3));
    }

    @Test
    void whatTheLogDoesNotHoldAnyMoreIsToldAsMissed() {
        subscribe();
        said(3 * QUEUE);
        server.trim("lobby", 2 * QUEUE);
        slow.request(Long.MAX_VALUE);
        loop.pass(2_000);
        RoomEvent.Missed missed = slow.taken.stream()
                .filter(RoomEvent.Missed.class::isInstance)
                .map(RoomEvent.Missed.class::cast)
                .findFirst()
                .orElseThrow();
        assertThat(missed.oldest()).isEqualTo(2 * QUEUE + 1);
        assertThat(slow.offsets()).contains(missed.after()).doesNotContain(missed.after() + 1);
        assertThat(slow.offsets()).contains(missed.oldest(), 3L * QUEUE);
    }

    @Test
    void otherSubscribersNoticeNothing() {
        Taker quick = new Taker();
        subscribe();
        room.events().subscribe(quick);
        loop.pass(1);
        quick.request(Long.MAX_VALUE);
        said(3 * QUEUE);
        assertThat(quick.offsets()).isEqualTo(upTo(3 * QUEUE));
    }

    @Test
    void aClosedClientEndsItsSubscriptions() {
        subscribe();
        slow.request(Long.MAX_VALUE);
        client.close();
        loop.run();
        assertThat(slow.complete).isTrue();
    }
}
