package dev.peal.chat;

import static dev.peal.chat.Frames.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.session.SessionConfig;
import dev.peal.testkit.SessionRig;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** PROTOCOL 2.2: a join with {@code since} replays, then goes live, with nothing between. */
class ResumeTest {
    private static final SessionConfig SMALL_PAGES = SessionRig.config(7, 1 << 20, SessionConfig.Grace.DEFAULT);

    private final SessionRig rig = new SessionRig(List.of(new ChatApp()), 2, SMALL_PAGES);
    private final SessionRig.Client ann = signedIn(rig, 0, "ann");
    private final SessionRig.Client bob = signedIn(rig, 1, "bob");

    private String epochAfter(int messages) {
        String epoch = epoch(ann.send(joinAsking("j", "k")).take());
        IntStream.rangeClosed(1, messages).forEach(i -> ann.send(message("k", "m" + i)));
        ann.take();
        return epoch;
    }

    private static List<Long> range(long from, long to) {
        return LongStream.rangeClosed(from, to).boxed().toList();
    }

    @Test
    void replaysEachMissedEntryOnceThenGoesLive() {
        String epoch = epochAfter(40);
        List<String> frames = bob.send(joinSince("k", epoch, 3)).take();
        assertThat(frames.get(0)).contains("\"recovered\":true").contains("\"offset\":40");
        assertThat(offsets(frames)).isEqualTo(range(4, 40));
        ann.send(message("k", "live"));
        assertThat(offsets(bob.take())).containsExactly(41L);
    }

    @Test
    void sinceZeroReplaysFromTheFirst() {
        String epoch = epochAfter(5);
        assertThat(offsets(bob.send(joinSince("k", epoch, 0)).take())).isEqualTo(range(1, 5));
    }

    @Test
    void includesOnesOwnChat() {
        String epoch = epochAfter(0);
        assertThat(ann.send(chat("k", "mine")).take()).isEmpty();
        SessionRig.Client again = signedIn(rig, 1, "ann");
        assertThat(texts(again.send(joinSince("k", epoch, 0)).take())).containsExactly("mine");
    }

    @Test
    void leavesNoHoleWhenMessagesComeWhileItReplays() {
        String epoch = epochAfter(100);
        bob.send(joinSince("k", epoch, 0));
        for (int i = 0; i < 50; i++) {
            ann.send(message("k", "during" + i));
            rig.step();
        }
        assertThat(offsets(bob.take())).isEqualTo(range(1, 150));
    }

    @Test
    void waitsForASocketThatIsFullAndIsNoSlowReader() {
        String epoch = epochAfter(0);
        String text = "x".repeat(900);
        IntStream.range(0, 2_000).forEach(i -> ann.send(message("k", text)));
        ann.take();
        bob.connection().stuck(true);
        bob.send(joinSince("k", epoch, 0));
        List<String> first = bob.take();
        assertThat(offsets(first)).hasSizeBetween(50, 400);
        assertThat(offsets(ann.send(message("k", "meanwhile")).take())).containsExactly(2_001L);
        List<String> all = new ArrayList<>(first);
        for (int i = 0; i < 200; i++) {
            bob.connection().stuck(true);
            all.addAll(bob.drained().take());
        }
        assertThat(offsets(all)).hasSize(2_001).isEqualTo(range(1, 2_001));
        assertThat(bob.connection().closed()).isNull();
    }

    @Test
    void joiningAgainLosesNothingOfWhatIsOnItsWay() {
        String epoch = epochAfter(0);
        String text = "x".repeat(900);
        IntStream.range(0, 2_000).forEach(i -> ann.send(message("k", text)));
        ann.take();
        bob.connection().stuck(true);
        List<String> all = new ArrayList<>(bob.send(joinSince("k", epoch, 0)).take());
        List<String> again = bob.send(joinAsking("again", "k")).take();
        assertThat(again.getFirst()).startsWith("{\"type\":\"joined\",\"id\":\"again\"");
        all.addAll(again);
        for (int i = 0; i < 200; i++) {
            bob.connection().stuck(true);
            all.addAll(bob.drained().take());
        }
        assertThat(offsets(all)).isEqualTo(range(1, 2_000));
        ann.send(message("k", "live"));
        assertThat(offsets(bob.drained().take())).containsExactly(2_001L);
    }

    @Test
    void saysSoWhenTheHistoryIsAnother() {
        epochAfter(5);
        String answer = bob.send(joinSince("k", "another", 3)).take().get(0);
        assertThat(answer).contains("\"recovered\":false").contains("\"reason\":\"epoch_changed\"");
        ann.send(message("k", "live"));
        assertThat(offsets(bob.take())).containsExactly(6L);
    }

    @Test
    void saysSoWhenThePositionLiesInTheFuture() {
        String epoch = epochAfter(5);
        assertThat(bob.send(joinSince("k", epoch, 6)).take().get(0)).contains("\"recovered\":false");
    }

    @Test
    void aRepeatedPublishIsStoredOnceAndAcknowledgedAlike() {
        epochAfter(0);
        List<String> first = ann.send(messageOnce("a", "id-1", "k", "once")).take();
        List<String> second = ann.send(messageOnce("b", "id-1", "k", "once")).take();
        assertThat(types(first)).containsExactly("message", "ack");
        assertThat(types(second)).containsExactly("ack");
        assertThat(second.get(0)).contains("\"offset\":1");
        assertThat(ann.send(messageOnce("c", "id-1", "k", "other")).take().get(0))
                .contains("\"code\":\"message_id_reused\"");
    }
}
