package dev.peal.chat;

import static dev.peal.chat.Frames.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.protocol.CloseReason;
import dev.peal.session.SessionConfig;
import dev.peal.testkit.SessionRig;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** One encoding and one write for all that gathers in an iteration; slow readers hurt nobody. */
class FanoutTest {
    private final SessionRig rig = new SessionRig(List.of(new ChatApp()), 2, SessionConfig.DEFAULT);

    private List<SessionRig.Client> members(int count) {
        List<SessionRig.Client> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(signedIn(rig, i % 2, "u" + i).send(join("k")));
        }
        rig.settle();
        all.forEach(SessionRig.Client::take);
        return all;
    }

    @Test
    void whatGathersIsEncodedOnceAndWrittenOnce() {
        List<SessionRig.Client> members = members(20);
        int[] writes = members.stream().mapToInt(m -> m.connection().writes()).toArray();
        int encodings = rig.encodings(0);
        IntStream.range(0, 10).forEach(i -> members.get(0).send(message("k", "m" + i)));
        rig.settle();
        for (int i = 0; i < members.size(); i++) {
            assertThat(members.get(i).connection().writes() - writes[i]).isEqualTo(1);
            assertThat(texts(members.get(i).take())).hasSize(10);
        }
        assertThat(rig.encodings(0) - encodings).isEqualTo(1);
    }

    @Test
    void aBurstReachesEveryoneInOrderWithoutAGap() {
        List<SessionRig.Client> members = members(200);
        for (int i = 0; i < 100; i++) {
            members.get(i % 7).send(message("k", "m" + i));
            if (i % 9 == 0) {
                rig.step();
            }
        }
        List<Long> expected = LongStream.rangeClosed(1, 100).boxed().toList();
        for (SessionRig.Client member : members) {
            assertThat(offsets(member.take())).isEqualTo(expected);
        }
    }

    @Test
    void whatComesInIsReadWhileALargeRoomIsStillBeingSentTo() {
        SessionRig one = new SessionRig(List.of(new ChatApp()), 1, SessionConfig.DEFAULT);
        List<SessionRig.Client> members = IntStream.range(0, 300)
                .mapToObj(i -> signedIn(one, 0, "u" + i).send(join("k")))
                .toList();
        one.settle();
        members.forEach(SessionRig.Client::take);
        members.get(0).send(message("k", "first"));
        while (members.stream().noneMatch(FanoutTest::hasTheFirst)) {
            one.step();
        }
        assertThat(members).anyMatch(member -> !hasTheFirst(member));
        members.get(1).send(message("k", "second"));
        one.settle();
        for (SessionRig.Client member : members) {
            assertThat(texts(member.take())).containsExactly("first", "second");
        }
    }

    private static boolean hasTheFirst(SessionRig.Client member) {
        return member.connection().received().stream().anyMatch(text -> text.contains("first"));
    }

    @Test
    void whoChatsGetsTheRestOfTheBatch() {
        List<SessionRig.Client> members = members(4);
        members.get(0).send(message("k", "a")).send(chat("k", "b")).send(message("k", "c"));
        assertThat(texts(members.get(0).take())).containsExactly("a", "c");
        assertThat(texts(members.get(1).take())).containsExactly("a", "b", "c");
    }

    @Test
    void aSlowReaderIsDisconnectedAndNobodyElse() {
        List<SessionRig.Client> members = members(6);
        SessionRig.Client slow = members.get(3);
        slow.connection().stuck(true);
        String text = "x".repeat(1_000);
        for (int i = 0; i < 1_100; i++) {
            members.get(0).send(message("k", text));
            if (i % 50 == 0) {
                rig.settle();
            }
        }
        rig.settle();
        assertThat(slow.connection().closed()).isEqualTo(CloseReason.SLOW_READER);
        assertThat(slow.connection().pendingBytes()).isLessThan(1_300_000);
        for (SessionRig.Client member : members) {
            if (member != slow) {
                assertThat(member.connection().closed()).isNull();
                assertThat(texts(member.take())).hasSize(1_100);
            }
        }
    }

    @Test
    void aReaderThatTakesNothingForTenSecondsIsDisconnected() {
        List<SessionRig.Client> members = members(2);
        members.get(1).connection().stuck(true);
        members.get(0).send(message("k", "a few bytes"));
        rig.settle();
        rig.pass(9_000);
        assertThat(members.get(1).connection().closed()).isNull();
        rig.pass(3_000);
        assertThat(members.get(1).connection().closed()).isEqualTo(CloseReason.SLOW_READER);
    }

    @Test
    void whatComesMeanwhileIsNoSignOfLife() {
        List<SessionRig.Client> members = members(2);
        members.get(1).connection().stuck(true);
        for (int second = 0; second < 13; second++) {
            assertThat(members.get(1).connection().closed() != null)
                    .as("after %d s", second)
                    .isEqualTo(second > 10);
            members.get(0).send(message("k", "still talking"));
            passAlive(members, 1);
        }
    }

    @Test
    void theTenSecondsBeginWithTheBytesAndNotWithTheSilenceBefore() {
        List<SessionRig.Client> members = members(2);
        members.get(1).connection().stuck(true);
        members.get(0).send(message("k", "a hiccup"));
        passAlive(members, 2);
        members.get(1).drained();
        passAlive(members, 60);
        members.get(1).connection().stuck(true);
        members.get(0).send(message("k", "after a long silence"));
        rig.settle();
        passAlive(members, 9);
        assertThat(members.get(1).connection().closed()).isNull();
        passAlive(members, 3);
        assertThat(members.get(1).connection().closed()).isEqualTo(CloseReason.SLOW_READER);
    }

    /** Lets seconds pass in which everyone gives signs of life, so that nobody is taken for gone. */
    private void passAlive(List<SessionRig.Client> members, int seconds) {
        for (int second = 0; second < seconds; second++) {
            members.forEach(SessionRig.Client::alive);
            rig.pass(1_000);
        }
    }

    @Test
    void readingStopsWhileRepliesDoNotDrain() {
        SessionRig.Client client = signedIn(rig, 0, "ann");
        client.connection().stuck(true);
        for (int i = 0; i < 20_000; i++) {
            client.send("{\"type\":\"ping\",\"id\":" + i + "}");
        }
        rig.settle();
        assertThat(client.connection().isReading()).isFalse();
        client.drained();
        assertThat(client.connection().isReading()).isTrue();
    }
}
