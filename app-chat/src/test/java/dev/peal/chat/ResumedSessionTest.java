package dev.peal.chat;

import static dev.peal.chat.Frames.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.auth.Revocation;
import dev.peal.hub.HubConfig;
import dev.peal.limit.Limit;
import dev.peal.protocol.CloseReason;
import dev.peal.session.SessionConfig;
import dev.peal.testkit.SessionRig;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** PROTOCOL, "Sessions": who comes back in time was never away, as the others see it. */
class ResumedSessionTest {
    private final SessionRig rig = new SessionRig(List.of(new ChatApp()), 2, SessionConfig.DEFAULT);
    private final SessionRig.Client bob = signedIn(rig, 1, "bob");

    private static String withSession(String user) {
        return "{\"type\":\"authenticate\",\"data\":{\"token\":\"" + user + "\",\"session\":true}}";
    }

    private static String resuming(String user, String sessionId) {
        return "{\"type\":\"authenticate\",\"data\":{\"token\":\"" + user + "\",\"session\":true,\"sessionId\":\""
                + sessionId + "\"}}";
    }

    private static String sessionId(List<String> frames) {
        return frames.getFirst().replaceAll(".*\"sessionId\":\"([^\"]*)\".*", "$1");
    }

    private static String presence(String room) {
        return "{\"type\":\"presence\",\"id\":1,\"data\":{\"roomId\":\"" + room + "\"}}";
    }

    /** Ann with a session, in a room with Bob, with nothing left to read. */
    private final class Ann {
        private SessionRig.Client client;
        private final String id;

        Ann(String... rooms) {
            client = rig.open(0);
            id = sessionId(client.send(withSession("ann")).take());
            for (String room : rooms) {
                client.send(join(room));
                bob.send(join(room));
            }
            client.take();
            bob.take();
        }

        String returns(int loop) {
            client = rig.open(loop);
            List<String> frames = client.send(resuming("ann", id)).take();
            return frames.isEmpty() ? "" : frames.getFirst();
        }
    }

    @Test
    void theIdHas128RandomBits() {
        assertThat(new Ann().id).matches("[A-Za-z0-9_-]{22}").isNotEqualTo(new Ann().id);
    }

    @Test
    void aReturnInTimeAnnouncesNothing() {
        Ann ann = new Ann("k");
        ann.client.breaks();
        rig.pass(19_500);
        assertThat(bob.send(presence("k")).take().getFirst())
                .contains("{\"userId\":\"ann\",\"userName\":\"ANN\",\"connections\":1}");
        assertThat(ann.returns(1)).contains("\"resumed\":true", "\"sessionId\":\"" + ann.id + "\"");
        ann.client.send(join("k")).take();
        ann.client.alive();
        rig.pass(15_000);
        bob.alive();
        rig.pass(10_000);
        assertThat(bob.send(presence("k")).take())
                .singleElement()
                .asString()
                .contains("{\"userId\":\"ann\",\"userName\":\"ANN\",\"connections\":1}");
    }

    @Test
    void whatWasMissedMeanwhileIsReplayed() {
        Ann ann = new Ann("k");
        String epoch = epoch(bob.send(joinAsking("j", "k")).take());
        bob.send(message("k", "one"));
        ann.client.take();
        ann.client.breaks();
        bob.send(message("k", "two")).send(message("k", "three")).take();
        ann.returns(0);
        assertThat(texts(ann.client.send(joinSince("k", epoch, 1)).take())).containsExactly("two", "three");
        bob.send(message("k", "four"));
        assertThat(texts(ann.client.take())).containsExactly("four");
        assertThat(types(bob.take())).containsOnly("message");
    }

    @Test
    void theLeaveIsAnnouncedWhenTheGraceEnds() {
        Ann ann = new Ann("k");
        ann.client.breaks();
        rig.pass(19_750);
        assertThat(bob.take()).isEmpty();
        rig.pass(250);
        assertThat(bob.take())
                .containsExactly(
                        "{\"type\":\"user_left\",\"data\":{\"userId\":\"ann\",\"userName\":\"ANN\",\"roomId\":\"k\"}}");
        assertThat(ann.returns(0)).contains("\"resumed\":false").doesNotContain(ann.id);
        assertThat(rig.sessions().away()).isZero();
    }

    @Test
    void aRoomThatIsNotJoinedAgainIsLeft() {
        Ann ann = new Ann("k", "l");
        ann.client.breaks();
        rig.pass(10_000);
        ann.returns(1);
        ann.client.send(join("l")).take();
        rig.pass(9_500);
        assertThat(bob.take()).isEmpty();
        rig.pass(1_000);
        assertThat(bob.take()).singleElement().asString().contains("user_left").contains("\"roomId\":\"k\"");
    }

    @Test
    void aRoomThatIsLeftAfterTheReturnIsLeftAtOnce() {
        Ann ann = new Ann("k");
        ann.client.breaks();
        ann.returns(1);
        ann.client.send(leave("k")).take();
        assertThat(types(bob.take())).containsExactly("user_left");
    }

    @Test
    void withoutASessionALossIsALeave() {
        SessionRig.Client ann = signedIn(rig, 0, "ann");
        ann.send(join("k")).take();
        bob.send(join("k")).take();
        ann.breaks();
        assertThat(types(bob.take())).containsExactly("user_left");
    }

    @Test
    void whoSaysGoodbyeHasLeft() {
        Ann ann = new Ann("k");
        ann.client.leaves();
        assertThat(types(bob.take())).containsExactly("user_left");
        assertThat(ann.returns(0)).contains("\"resumed\":false");
    }

    @Test
    void aFinalCloseIsALeave() {
        Ann ann = new Ann("k");
        ann.client.send(authenticate("eve"));
        assertThat(ann.client.connection().closed()).isEqualTo(CloseReason.INVALID_AUTHENTICATION);
        assertThat(types(bob.take())).containsExactly("user_left");
    }

    @Test
    void aConnectionThatStillLooksAliveIsReplaced() {
        Ann ann = new Ann("k");
        SessionRig.Client old = ann.client;
        assertThat(ann.returns(1)).contains("\"resumed\":true");
        assertThat(old.connection().closed()).isEqualTo(CloseReason.REPLACED);
        ann.client.send(join("k")).send(message("k", "here")).take();
        assertThat(types(bob.take())).containsExactly("message");
        rig.pass(25_000);
        bob.alive();
        assertThat(bob.take()).isEmpty();
    }

    @Test
    void whatIsSentWhileTheOldConnectionIsReplacedWaits() {
        Ann ann = new Ann("k");
        SessionRig.Client next =
                rig.open(1).send(resuming("ann", ann.id)).send(join("k")).send(message("k", "first"));
        assertThat(types(next.take())).containsExactly("authenticated", "message");
        assertThat(types(bob.take())).containsExactly("message");
    }

    @Test
    void aSessionIsGoodForItsUserAlone() {
        Ann ann = new Ann("k");
        ann.client.breaks();
        rig.settle();
        List<String> eve = rig.open(0).send(resuming("eve", ann.id)).take();
        assertThat(eve.getFirst()).contains("\"resumed\":false").doesNotContain(ann.id);
        assertThat(rig.open(0).send(resuming("ann", "unknown")).take().getFirst())
                .contains("\"resumed\":false");
        assertThat(ann.returns(0)).contains("\"resumed\":true");
    }

    @Test
    void aRevocationEndsAnAbsenceAtOnce() {
        Ann ann = new Ann("k");
        ann.client.breaks();
        rig.settle();
        rig.sessions().revoke(new Revocation.OfUser("ann", rig.clock().millis()));
        assertThat(types(bob.take())).containsExactly("user_left");
        assertThat(ann.returns(0)).contains("\"resumed\":false");
    }

    @Test
    void aRevocationAfterTheReturnAlsoEndsTheRoomsNotJoinedAgain() {
        Ann ann = new Ann("k");
        ann.client.breaks();
        ann.returns(1);
        rig.sessions().revoke(new Revocation.OfUser("ann", rig.clock().millis()));
        assertThat(types(bob.take())).containsExactly("user_left");
    }

    @Test
    void losingItAgainAndAgainIsNeverAnnounced() {
        Ann ann = new Ann("k");
        for (int i = 0; i < 20; i++) {
            ann.client.breaks();
            rig.pass(5_000);
            bob.alive();
            assertThat(ann.returns(i % 2)).contains("\"resumed\":true");
            ann.client.send(join("k")).take();
        }
        assertThat(bob.take()).isEmpty();
    }

    @Test
    void pastTheBoundALossIsALeave() {
        SessionConfig usual = SessionConfig.DEFAULT;
        SessionConfig two = SessionRig.config(
                usual.replayEntriesMax(),
                usual.replayBytesMax(),
                new SessionConfig.Grace(usual.grace().millis(), 2));
        SessionRig small = new SessionRig(List.of(new ChatApp()), 1, two, HubConfig.DEFAULT, Limit.UNLIMITED);
        SessionRig.Client watcher = signedIn(small, 0, "watcher");
        watcher.send(join("k")).take();
        List<SessionRig.Client> clients = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            clients.add(small.open(0).send(withSession("u" + i)).send(join("k")));
        }
        watcher.take();
        clients.forEach(SessionRig.Client::breaks);
        assertThat(watcher.take())
                .singleElement()
                .asString()
                .contains("user_left")
                .contains("\"u2\"");
        assertThat(small.sessions().away()).isEqualTo(2);
        small.pass(20_500);
        assertThat(types(watcher.take())).containsExactly("user_left", "user_left");
        assertThat(small.sessions().away()).isZero();
    }

    @Test
    void aHalfOpenConnectionIsNoticedAndItsGraceEnds() {
        Ann ann = new Ann("k");
        for (int second = 0; second < 60; second++) {
            bob.alive();
            rig.pass(1_000);
            if (second == 41) {
                assertThat(ann.client.connection().terminated()).isTrue();
            }
        }
        rig.pass(1_000);
        assertThat(types(bob.take())).containsExactly("user_left");
    }

    @Test
    void aVanishedClientWithoutASessionIsGoneWithin40Seconds() {
        SessionRig.Client ann = signedIn(rig, 0, "ann");
        ann.send(join("k")).take();
        bob.send(join("k")).take();
        for (int second = 0; second < 41; second++) {
            bob.alive();
            rig.pass(1_000);
        }
        assertThat(types(bob.take())).containsExactly("user_left");
        assertThat(bob.send(presence("k")).take().getFirst())
                .contains("\"total\":1")
                .doesNotContain("ann");
    }

    @Test
    void nothingIsLeftOfWhoNeverCameBack() {
        Ann ann = new Ann("k");
        ann.client.breaks();
        bob.breaks();
        rig.settle();
        assertThat(rig.rooms()).isEqualTo(1);
        rig.pass(21_000);
        assertThat(rig.rooms()).isZero();
        assertThat(rig.rosters()).isZero();
    }
}
