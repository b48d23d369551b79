package dev.peal.chat;

import static dev.peal.chat.Frames.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.auth.Revocation;
import dev.peal.hub.HubConfig;
import dev.peal.limit.Limit;
import dev.peal.protocol.CloseReason;
import dev.peal.session.SessionConfig;
import dev.peal.testkit.ManualClock;
import dev.peal.testkit.SessionRig;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** PROTOCOL 1.1, 1.5, 2.6, 2.7: who may say what, when, and how it ends. */
class SessionTest {
    private final SessionRig rig = new SessionRig(List.of(new ChatApp()), 1, SessionConfig.DEFAULT);

    @Test
    void closesWhoeverDoesNotAuthenticateInTime() {
        SessionRig.Client client = rig.open(0);
        rig.pass(9_500);
        assertThat(client.connection().closed()).isNull();
        rig.pass(1_000);
        assertThat(client.connection().closed()).isEqualTo(CloseReason.AUTHENTICATION_TIMEOUT);
    }

    @Test
    void closesOnABadToken() {
        SessionRig.Client client = rig.open(0).send(authenticate("bad"));
        rig.settle();
        assertThat(client.connection().closed()).isEqualTo(CloseReason.INVALID_AUTHENTICATION);
    }

    @Test
    void closesOnAnyOtherMessageFirst() {
        for (String frame : List.of(join("k"), "{\"type\":\"ping\"}", "{\"type\":\"nonsense\"}", "{\"type\":7}")) {
            SessionRig.Client client = rig.open(0).send(frame);
            assertThat(client.connection().closed()).as(frame).isEqualTo(CloseReason.NOT_AUTHENTICATED);
        }
    }

    @Test
    void aFrameThatIsNoObjectClosesExceptOnTheRoot() {
        for (String frame : List.of("hello", "[]", "7", "{", "{} {}", "")) {
            SessionRig.Client onChat = rig.open(0, "/chat").send(authenticate("ann"));
            onChat.send(frame);
            assertThat(onChat.connection().closed()).as(frame).isEqualTo(CloseReason.INVALID_MESSAGE_FORMAT);
            SessionRig.Client onRoot = signedIn(rig, 0, "ann");
            assertThat(onRoot.send(frame).take())
                    .as(frame)
                    .singleElement()
                    .asString()
                    .contains("Invalid message format");
            assertThat(onRoot.connection().closed()).isNull();
        }
    }

    @Test
    void aBinaryFrameIsNotExpected() {
        SessionRig.Client client =
                rig.open(0, "/chat").send(authenticate("ann")).sendBinary();
        assertThat(client.connection().closed()).isEqualTo(CloseReason.INVALID_MESSAGE_FORMAT);
    }

    @Test
    void answersWhatItDoesNotKnowAndStays() {
        SessionRig.Client client = signedIn(rig, 0, "ann");
        assertThat(client.send("{\"type\":\"dance\",\"id\":4}").take())
                .containsExactly(
                        "{\"type\":\"error\",\"id\":4,\"data\":{\"code\":\"unknown_type\",\"message\":\"Unknown message type\",\"retry\":false}}");
        assertThat(client.send("{\"type\":\"ping\",\"id\":\"p\"}").take())
                .containsExactly("{\"type\":\"pong\",\"id\":\"p\"}");
    }

    @Test
    void aFreshTokenOfTheSameUserExtendsAndAnothersEnds() {
        SessionRig.Client client = signedIn(rig, 0, "ann");
        assertThat(types(client.send(authenticate("ann")).take())).containsExactly("authenticated");
        client.send(authenticate("bob"));
        assertThat(client.connection().closed()).isEqualTo(CloseReason.INVALID_AUTHENTICATION);
    }

    @Test
    void announcesExpiryAndClosesAfterTheLeeway() {
        SessionRig.Client client = signedIn(rig, 0, "brief");
        for (int second = 0; second < 61; second++) {
            client.alive();
            rig.pass(1_000);
        }
        assertThat(types(client.take())).containsExactly("token_expiring");
        while (rig.clock().millis() < ManualClock.START_MILLIS + 179_000) {
            client.alive();
            rig.pass(1_000);
        }
        assertThat(client.connection().closed()).isNull();
        rig.pass(5_000);
        assertThat(client.connection().closed()).isEqualTo(CloseReason.TOKEN_EXPIRED);
    }

    @Test
    void aRevocationCutsTheLiveConnection() {
        SessionRig.Client ann = signedIn(rig, 0, "ann");
        SessionRig.Client bob = signedIn(rig, 0, "bob");
        rig.sessions().revoke(new Revocation.OfUser("ann", rig.clock().millis()));
        rig.settle();
        assertThat(ann.connection().closed()).isEqualTo(CloseReason.INVALID_AUTHENTICATION);
        assertThat(bob.connection().closed()).isNull();
    }

    @Test
    void pingsAndEndsAConnectionThatDoesNotAnswer() {
        SessionRig.Client client = signedIn(rig, 0, "ann");
        rig.pass(28_500);
        assertThat(client.connection().pings()).isEqualTo(1);
        rig.pass(9_000);
        assertThat(client.connection().terminated()).isFalse();
        rig.pass(1_500);
        assertThat(client.connection().terminated()).isTrue();
    }

    @Test
    void anySignOfLifeCounts() {
        SessionRig.Client client = signedIn(rig, 0, "ann");
        for (int i = 0; i < 10; i++) {
            rig.pass(28_000);
            client.alive();
        }
        assertThat(client.connection().terminated()).isFalse();
    }

    @Test
    void aPauseOfTheProcessJudgesNobody() {
        SessionRig.Client client = signedIn(rig, 0, "ann");
        rig.clock().advanceMillis(3_600_000);
        rig.settle();
        rig.pass(5_000);
        assertThat(client.connection().terminated()).isFalse();
    }

    @Test
    void refusesTheEleventhAtOnceAndSaysWhen() {
        SessionRig strict = new SessionRig(
                List.of(new ChatApp()), 1, SessionConfig.DEFAULT, HubConfig.DEFAULT, new Limit(10, 60_000));
        SessionRig.Client client = signedIn(strict, 0, "ann");
        client.send(join("k")).take();
        IntStream.range(0, 9).forEach(i -> client.send(message("k", "m" + i)));
        client.take();
        assertThat(client.send(messageAsking("x", "k", "one too many")).take())
                .singleElement()
                .asString()
                .contains("\"code\":\"rate_limited\"")
                .contains("\"retryAfterMs\":6000");
        strict.pass(6_000);
        assertThat(types(client.send(message("k", "again")).take())).containsExactly("message");
    }

    @Test
    void holdsWhatComesWhileAPageOfRoomsIsFull() {
        SessionRig.Client client = signedIn(rig, 0, "ann");
        IntStream.range(0, 100).forEach(i -> client.send(join("room-" + i)));
        client.take();
        assertThat(client.send(joinAsking("j", "one-more")).take())
                .singleElement()
                .asString()
                .contains("\"code\":\"too_many_rooms\"");
        client.send(leave("room-5")).take();
        assertThat(types(client.send(joinAsking("j", "one-more")).take())).containsExactly("joined");
    }

    @Test
    void sendsEveryoneAwayInSlots() {
        List<SessionRig.Client> clients =
                IntStream.range(0, 20).mapToObj(i -> signedIn(rig, 0, "u" + i)).toList();
        boolean[] done = new boolean[1];
        rig.sessions().drain(10_000, () -> done[0] = true);
        int before = 0;
        for (int second = 0; second < 10; second++) {
            rig.pass(1_000);
            int gone = (int) clients.stream()
                    .filter(c -> c.connection().closed() != null)
                    .count();
            assertThat(gone - before).isBetween(1, 3);
            before = gone;
        }
        assertThat(before).isEqualTo(20);
        rig.pass(500);
        assertThat(done[0]).isTrue();
        assertThat(clients.get(7).connection().closed()).isEqualTo(CloseReason.RESTART);
        assertThat(types(clients.get(7).take())).containsExactly("reconnect");
    }
}
