package dev.peal.market.feed;

import static dev.peal.market.feed.FeedRig.A;
import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.testkit.SessionRig;
import org.junit.jupiter.api.Test;

/** A source knows whether anybody follows the market. */
class WatchedTest {
    private final FeedRig rig = new FeedRig();

    @Test
    void aMarketIsWatchedFromTheFirstWhoComesToTheLastWhoGoes() {
        rig.rig().settle();
        assertThat(rig.source().watched()).isFalse();
        SessionRig.Client ann = rig.follow(A, "");
        rig.rig().settle();
        assertThat(rig.source().watched()).isTrue();
        SessionRig.Client ben = rig.open(1, WireForm.RECORDS);
        ann.breaks();
        rig.rig().settle();
        assertThat(rig.source().watched()).isTrue();
        ben.breaks();
        rig.rig().settle();
        assertThat(rig.source().watched()).isFalse();
        rig.open();
        rig.rig().settle();
        assertThat(rig.source().watched()).isTrue();
    }
}
