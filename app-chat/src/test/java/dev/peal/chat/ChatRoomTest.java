package dev.peal.chat;

import static dev.peal.chat.Frames.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.hub.HubConfig;
import dev.peal.limit.Limit;
import dev.peal.session.SessionConfig;
import dev.peal.testkit.SessionRig;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** PROTOCOL 1.2, on two loops, so that some members are on the room's own loop and some are not. */
class ChatRoomTest {
    private final SessionRig rig = new SessionRig(List.of(new ChatApp()), 2, SessionConfig.DEFAULT);
    private final SessionRig.Client ann = signedIn(rig, 0, "ann");
    private final SessionRig.Client bob = signedIn(rig, 1, "bob");

    private void bothIn(String room) {
        ann.send(join(room));
        bob.send(join(room));
        ann.take();
        bob.take();
    }

    @Test
    void tellsTheOthersWhoJoinedAndNotTheOneWho() {
        assertThat(ann.send(join("k")).take()).isEmpty();
        assertThat(bob.send(join("k")).take()).isEmpty();
        assertThat(ann.take())
                .containsExactly(
                        "{\"type\":\"user_joined\",\"data\":{\"userId\":\"bob\",\"userName\":\"BOB\",\"roomId\":\"k\"}}");
    }

    @Test
    void joiningTwiceIsHarmless() {
        bothIn("k");
        bob.send(join("k")).send(message("k", "hi"));
        assertThat(texts(bob.take())).containsExactly("hi");
        assertThat(types(ann.take())).containsExactly("message");
    }

    @Test
    void aChatReachesEveryoneButItsConnection() {
        bothIn("k");
        SessionRig.Client secondTab = signedIn(rig, 1, "ann");
        secondTab.send(join("k")).take();
        assertThat(ann.send(chat("k", "hi")).take()).isEmpty();
        assertThat(texts(bob.take())).containsExactly("hi");
        assertThat(texts(secondTab.take())).containsExactly("hi");
    }

    @Test
    void aMessageReachesEveryoneAndThenItsAcknowledgementComes() {
        bothIn("k");
        List<String> own = ann.send(messageAsking("a1", "k", "hi")).take();
        assertThat(types(own)).containsExactly("message", "ack");
        assertThat(own.get(0))
                .startsWith(
                        "{\"type\":\"message\",\"offset\":1,\"data\":{\"roomId\":\"k\",\"message\":\"hi\",\"userId\":\"ann\",\"userName\":\"ANN\",\"timestamp\":");
        assertThat(own.get(1)).contains("\"id\":\"a1\"").contains("\"offset\":1");
        assertThat(types(bob.take())).containsExactly("message");
    }

    @Test
    void typingReachesTheOthersAndIsNotStored() {
        bothIn("k");
        assertThat(ann.send(typing("k")).take()).isEmpty();
        assertThat(bob.take())
                .singleElement()
                .asString()
                .contains("\"userId\":\"ann\"")
                .doesNotContain("offset");
        assertThat(offsets(bob.send(message("k", "first")).take())).containsExactly(1L);
    }

    @Test
    void onlyMembersWrite() {
        bothIn("k");
        SessionRig.Client eve = signedIn(rig, 0, "eve");
        for (String frame : List.of(chat("k", "x"), message("k", "x"), typing("k"))) {
            assertThat(eve.send(frame).take()).singleElement().asString().contains("\"message\":\"Not a member\"");
        }
        assertThat(ann.take()).isEmpty();
    }

    @Test
    void leavingARoomOneIsNotInIsHarmless() {
        assertThat(ann.send(leave("nowhere")).take()).isEmpty();
    }

    @Test
    void aLeaverIsAnnouncedAndGetsNothingMore() {
        bothIn("k");
        bob.send(leave("k")).take();
        assertThat(types(ann.take())).containsExactly("user_left");
        ann.send(message("k", "gone?"));
        assertThat(bob.take()).isEmpty();
    }

    @Test
    void aLostConnectionIsALeave() {
        bothIn("k");
        bob.breaks();
        assertThat(ann.take())
                .containsExactly(
                        "{\"type\":\"user_left\",\"data\":{\"userId\":\"bob\",\"userName\":\"BOB\",\"roomId\":\"k\"}}");
    }

    @Test
    void aSecondTabAnnouncesNothingAndTheLastOnesEndDoes() {
        bothIn("k");
        SessionRig.Client tab = signedIn(rig, 0, "bob");
        tab.send(join("k")).take();
        assertThat(ann.take()).isEmpty();
        bob.breaks();
        assertThat(ann.take()).isEmpty();
        tab.breaks();
        assertThat(types(ann.take())).containsExactly("user_left");
    }

    @Test
    void aRoomNobodyIsInLeavesMemory() {
        bothIn("k");
        assertThat(rig.rooms()).isEqualTo(1);
        ann.send(message("k", "last words")).send(leave("k"));
        bob.breaks();
        ann.take();
        assertThat(rig.rooms()).isZero();
        assertThat(rig.rosters()).isZero();
        assertThat(offsets(ann.send(join("k")).send(message("k", "again")).take()))
                .containsExactly(2L);
    }

    @Test
    void aMessageRightBehindItsJoinCounts() {
        List<String> frames = ann.send(joinAsking("j", "k"))
                .send(messageAsking("m", "k", "hi"))
                .send(leave("k"))
                .send(messageAsking("n", "k", "too late"))
                .take();
        assertThat(types(frames)).containsExactly("joined", "message", "ack", "error");
    }

    @Test
    void aLeaveNeverOvertakesTheMessageBeforeIt() {
        bothIn("k");
        bob.send(message("k", "bye")).send(leave("k"));
        assertThat(types(ann.take())).containsExactly("message", "user_left");
    }

    @Test
    void listsWhoIsThere() {
        bothIn("k");
        String presence = "{\"type\":\"presence\",\"id\":1,\"data\":{\"roomId\":\"k\",\"limit\":1}}";
        assertThat(ann.send(presence).take())
                .containsExactly(
                        "{\"type\":\"presence\",\"id\":1,\"data\":{\"roomId\":\"k\",\"members\":[{\"userId\":\"ann\",\"userName\":\"ANN\",\"connections\":1}],\"total\":2,\"next\":\"ann\"}}");
    }

    @Test
    void pagesThroughHistoryBothWays() {
        bothIn("k");
        IntStream.rangeClosed(1, 7).forEach(i -> ann.send(message("k", "m" + i)));
        ann.take();
        String newest = ann.send("{\"type\":\"history\",\"id\":1,\"data\":{\"roomId\":\"k\",\"limit\":3}}")
                .take()
                .get(0);
        assertThat(newest)
                .contains("\"m5\"", "\"m6\"", "\"m7\"")
                .doesNotContain("\"m4\"")
                .contains("\"more\":true");
        String older = ann.send("{\"type\":\"history\",\"id\":2,\"data\":{\"roomId\":\"k\",\"before\":5,\"limit\":10}}")
                .take()
                .get(0);
        assertThat(older).contains("\"m1\"", "\"m4\"").doesNotContain("\"m5\"").contains("\"more\":false");
        String after = ann.send("{\"type\":\"history\",\"id\":3,\"data\":{\"roomId\":\"k\",\"after\":2,\"limit\":2}}")
                .take()
                .get(0);
        assertThat(after)
                .contains("\"m3\"", "\"m4\"")
                .doesNotContain("\"m2\"", "\"m5\"")
                .contains("\"more\":true");
    }

    @Test
    void announcesOnlyTheNumberInALargeRoom() {
        SessionRig large = new SessionRig(
                List.of(new ChatApp()),
                1,
                SessionConfig.DEFAULT,
                new HubConfig(65536, 3, 1_000, 1_000, 1_000),
                Limit.UNLIMITED);
        SessionRig.Client first = signedIn(large, 0, "u0");
        first.send(join("k")).take();
        for (int i = 1; i <= 5; i++) {
            signedIn(large, 0, "u" + i).send(join("k")).take();
        }
        assertThat(types(first.take())).containsExactly("user_joined", "user_joined");
        large.pass(1_000);
        assertThat(first.take())
                .containsExactly("{\"type\":\"presence_count\",\"data\":{\"roomId\":\"k\",\"total\":6}}");
    }
}
