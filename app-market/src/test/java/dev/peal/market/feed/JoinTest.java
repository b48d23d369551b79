package dev.peal.market.feed;

import static dev.peal.market.feed.FeedRig.A;
import static dev.peal.market.feed.FeedRig.FAST;
import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.market.Seeded;
import dev.peal.market.wire.Channel;
import dev.peal.testkit.SessionRig;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** PROMISES 68: whoever joins, at whatever instant, has the book of the sequence that it is told, and goes on from there without a gap. 10,000 joins. */
class JoinTest {
    private static final int JOINS = 10_000;
    private static final int[] DEPTHS = {10, 50, 0};

    private final FeedRig rig = new FeedRig();

    @Test
    void whoeverJoinsHasTheBookOfItsSequenceAndGoesOnFromThere() {
        Seeded.run(random -> {
            for (int i = 0; i < JOINS; i++) {
                disturb(random);
                join(random);
            }
        });
    }

    /** Things happen, and some of them are still on their way to a loop. */
    private void disturb(Random random) {
        for (int n = random.nextInt(4); n > 0; n--) {
            int things = 1 + random.nextInt(3);
            rig.source().says(() -> {
                for (int t = 0; t < things; t++) {
                    rig.source().anything(random, A);
                }
            });
            for (int steps = random.nextInt(3); steps > 0; steps--) {
                rig.rig().step();
            }
        }
    }

    private void join(Random random) {
        int depth = DEPTHS[random.nextInt(DEPTHS.length)];
        WireForm form = random.nextInt(4) == 0 ? WireForm.RECORDS : WireForm.JSON;
        SessionRig.Client client = rig.open(random.nextInt(2), form);
        client.send(FeedRig.subscribe(A, FAST + ",\"depth\":" + depth + ",\"deltas\":" + random.nextBoolean()));
        WireReader reader = new WireReader(A, depth);
        // One iteration: what is told at once comes before what is on its way.
        rig.rig().step();
        client.connection().received().forEach(line -> take(reader, depth, line));
        int read = client.connection().received().size();
        rig.live(random, A, random.nextInt(3));
        rig.rig().pass(250);
        client.connection().received().stream().skip(read).forEach(line -> take(reader, depth, line));
        assertThat(reader.bookSequence()).isEqualTo(rig.source().state(A).bookSequence());
        assertThat(reader.gaps()).isZero();
        client.breaks();
    }

    private void take(WireReader reader, int depth, String line) {
        reader.take(line);
        if (reader.seen(Channel.BOOK) > 0) {
            assertThat(reader.bookLost()).isFalse();
            assertThat(reader.book())
                    .isEqualTo(rig.source()
                            .state(A)
                            .book(reader.bookSequence())
                            .top(depth == 0 ? Integer.MAX_VALUE : depth));
        }
    }
}
