package dev.peal.market.feed;

import static dev.peal.market.feed.FeedRig.A;
import static dev.peal.market.feed.FeedRig.FAST;
import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.market.Seeded;
import dev.peal.market.wire.Channel;
import dev.peal.testkit.SessionRig;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * PROMISES 67: between what the server writes and a reader, three messages in a hundred are lost, doubled or come late. A reader that says that its book is right has the
 * server's book of that sequence; and what else is missing it knows of. 1,000,000 messages here, 10,000,000 nightly.
 */
class LossyWireTest {
    private static final int MESSAGES = Seeded.count(1_000_000, 10_000_000);
    private static final int THINGS_PER_LIFE = 2_000;

    private final FeedRig rig = new FeedRig();
    private long messages;
    private long resyncs;

    @Test
    void aReaderThatSaysItIsRightIsRight() {
        Seeded.run(random -> {
            while (messages < MESSAGES) {
                List<Lossy> readers = List.of(
                        new Lossy(WireForm.JSON, 10, true),
                        new Lossy(WireForm.JSON, 0, true),
                        new Lossy(WireForm.JSON, 10, false),
                        new Lossy(WireForm.RECORDS, 50, true));
                for (int i = 0; i < THINGS_PER_LIFE; i++) {
                    rig.live(random, A, 1);
                    readers.forEach(reader -> reader.read(random));
                }
                readers.forEach(Lossy::end);
            }
            assertThat(resyncs).isGreaterThan(MESSAGES / 1_000);
        });
    }

    /** A reader and the bad line before it. */
    private final class Lossy {
        private final SessionRig.Client client;
        private final WireReader reader;
        private final int depth;
        private final List<String> late = new ArrayList<>();

        private Lossy(WireForm form, int depth, boolean deltas) {
            this.depth = depth;
            client = rig.open(0, form);
            reader = new WireReader(A, depth);
            client.send(FeedRig.subscribe(A, FAST + ",\"depth\":" + depth + ",\"deltas\":" + deltas));
            client.take().forEach(reader::take);
        }

        private void read(Random random) {
            for (String line : client.take()) {
                messages++;
                switch (random.nextInt(100)) {
                    case 0 -> {}
                    case 1 -> {
                        take(line);
                        take(line);
                    }
                    case 2 -> late.add(line);
                    default -> take(line);
                }
            }
            if (random.nextInt(3) == 0) {
                late.forEach(this::take);
                late.clear();
            }
            if (reader.bookLost()) {
                resyncs++;
                client.send("{\"action\":\"snapshot\",\"symbol\":\"A-USD\"}");
            }
        }

        private void take(String line) {
            reader.take(line);
            if (!reader.bookLost()) {
                int cut = depth == 0 ? Integer.MAX_VALUE : depth;
                assertThat(reader.book())
                        .isEqualTo(rig.source()
                                .state(A)
                                .book(reader.bookSequence())
                                .top(cut));
            }
        }

        /** Without further losses it comes to rest where the market is. */
        private void end() {
            late.clear();
            client.send("{\"action\":\"snapshot\",\"symbol\":\"A-USD\"}");
            rig.now(() -> rig.source().trade(A, 10_000, 1));
            client.take().forEach(this::take);
            HandSource.State now = rig.source().state(A);
            assertThat(reader.bookLost()).isFalse();
            assertThat(reader.bookSequence()).isEqualTo(now.bookSequence());
            assertThat(reader.sequence(Channel.PRICE)).isEqualTo(now.prices());
            assertThat(reader.sequence(Channel.TRADES)).isEqualTo(now.trades());
            assertThat(reader.priceTicks()).isEqualTo(now.priceTicks());
            client.breaks();
        }
    }
}
