package dev.peal.market.feed;

import static dev.peal.market.feed.FeedRig.A;
import static dev.peal.market.feed.FeedRig.B;
import static dev.peal.market.feed.FeedRig.FAST;
import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.market.Seeded;
import dev.peal.market.wire.Channel;
import dev.peal.protocol.CloseReason;
import dev.peal.session.Connection;
import dev.peal.testkit.SessionRig;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * PROMISES 69: a reader whose socket takes nothing for five seconds of a lively market. Then it has the newest of everything, in order, and knows exactly what was left
 * out; meanwhile what waits for it stays bounded, and nobody else notices.
 */
class StalledReaderTest {
    private static final int STALL_MILLIS = 5_000;

    /** Beyond what a socket counts as full, the messages of one moment. */
    private static final long PENDING_MAX = Connection.FULL_BYTES + (16 << 10);

    private final FeedRig rig = new FeedRig();

    @Test
    void aReaderThatStalledHasTheNewestAndKnowsWhatWasLeftOut() {
        Seeded.run(random -> {
            for (WireForm form : List.of(WireForm.JSON, WireForm.RECORDS)) {
                for (boolean deltas : List.of(true, false)) {
                    stall(random, form, deltas);
                }
            }
        });
    }

    private void stall(Random random, WireForm form, boolean deltas) {
        SessionRig.Client client = rig.open(0, form);
        SessionRig.Client other = rig.open(0, form);
        WireReader reader = new WireReader(A, 10);
        WireReader witness = new WireReader(A, 10);
        String subscribe = FeedRig.subscribe(A, FAST + ",\"deltas\":" + deltas);
        client.send(subscribe);
        other.send(subscribe);
        read(client, reader);
        read(other, witness);
        HandSource.State state = rig.source().state(A);
        long prices = reader.sequence(Channel.PRICE);
        long trades = reader.sequence(Channel.TRADES);
        long books = reader.bookSequence();
        client.connection().stuck(true);
        for (int i = 0; i < STALL_MILLIS; i++) {
            rig.live(random, A, 1);
            read(other, witness);
            assertThat(client.connection().pendingBytes()).isLessThan(PENDING_MAX);
        }
        read(client, reader);
        long before = reader.bookSequence();
        client.drained();
        read(client, reader);

        assertThat(reader.bookSequence()).isEqualTo(state.bookSequence()).isGreaterThan(before);
        assertThat(reader.book()).isEqualTo(state.book(state.bookSequence()).top(10));
        assertThat(reader.priceTicks()).isEqualTo(state.priceTicks());
        assertThat(reader.gaps()).isZero();
        assertThat(reader.seen(Channel.PRICE) + reader.skipped(Channel.PRICE)).isEqualTo(since(prices, state.prices()));
        assertThat(reader.skipped(Channel.PRICE)).isPositive();
        assertThat(reader.seen(Channel.TRADES) + reader.skipped(Channel.TRADES))
                .isEqualTo(since(trades, state.trades()));
        assertThat(reader.skipped(Channel.TRADES))
                .as("no trade is left out that is remembered")
                .isZero();
        if (!deltas) {
            assertThat(reader.seen(Channel.BOOK) + reader.skipped(Channel.BOOK))
                    .isEqualTo(state.bookSequence() - books + 1);
        }
        assertThat(witness.gaps() + witness.skipped(Channel.PRICE)).isZero();
        client.breaks();
        other.breaks();
    }

    /** How many are to have come or been left out: those since the one that came at once, that one included. */
    private static long since(long first, long now) {
        return first == WireReader.NONE ? now : now - first + 1;
    }

    /** Every state that it goes through is one that was. */
    private void read(SessionRig.Client client, WireReader reader) {
        long book = reader.bookSequence();
        for (String line : client.take()) {
            reader.take(line);
            assertThat(reader.crossed()).isFalse();
            assertThat(reader.bookSequence()).isGreaterThanOrEqualTo(book);
            book = reader.bookSequence();
            if (book >= 0) {
                assertThat(reader.bookLost()).isFalse();
                assertThat(reader.book())
                        .isEqualTo(rig.source().state(A).book(book).top(10));
            }
        }
    }

    @Test
    void tradesThatNobodyRemembersAreToldAsLeftOut() {
        SessionRig.Client client = rig.follow(A, FAST + ",\"channels\":[\"trades\"]");
        client.take();
        client.connection().stuck(true);
        int trades = 5 * SymbolFeed.TRADES_MAX;
        for (int i = 0; i < trades; i++) {
            rig.now(() -> rig.source().trade(A, 10_000, 1));
        }
        int before = client.take().size();
        client.drained();
        List<String> lines = client.take();
        long left = trades - before - SymbolFeed.TRADES_MAX;
        assertThat(lines.getFirst())
                .isEqualTo("{\"type\":\"skipped\",\"symbol\":\"A-USD\",\"channel\":\"trades\",\"from\":" + (before + 1)
                        + ",\"to\":" + (before + left) + ",\"count\":" + left + "}");
        assertThat(lines).hasSize(1 + SymbolFeed.TRADES_MAX);
        assertThat(lines.getLast()).contains("\"sequence\":" + trades + "}");
    }

    @Test
    void aReaderThatNeverComesBackIsClosed() {
        SessionRig.Client client = rig.follow(A, FAST);
        client.take();
        client.connection().stuck(true);
        for (int i = 0; i < 60 && client.connection().closed() == null; i++) {
            rig.live(new Random(i), A, 10);
            rig.rig().pass(1_000);
        }
        assertThat(client.connection().closed()).isEqualTo(CloseReason.SLOW_READER);
    }

    @Test
    void symbolsThatWaitAreToldInTheOrderInWhichTheyCameToWait() {
        SessionRig.Client client = rig.follow(A, FAST + ",\"channels\":[\"trades\"]");
        client.send(FeedRig.subscribe(B, FAST + ",\"channels\":[\"trades\"]"));
        client.take();
        client.connection().stuck(true);
        while (client.connection().pendingBytes() <= Connection.FULL_BYTES) {
            rig.now(() -> rig.source().trade(A, 10_000, 1));
        }
        client.take();
        rig.now(() -> rig.source().trade(B, 100, 1));
        rig.now(() -> rig.source().trade(A, 10_000, 1));
        rig.now(() -> rig.source().trade(B, 101, 1));
        assertThat(client.take()).isEmpty();
        client.drained();
        assertThat(client.take())
                .extracting(line -> FeedRig.json(line).path("symbol").asString())
                .containsExactly("B-USD", "B-USD", "A-USD");
    }
}
