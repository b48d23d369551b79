package dev.peal.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.hub.HubConfig;
import dev.peal.limit.Limit;
import dev.peal.log.Appended;
import dev.peal.log.Draft;
import dev.peal.log.Feed;
import dev.peal.log.Retention;
import dev.peal.log.RoomKey;
import dev.peal.protocol.ErrorCode;
import dev.peal.session.SessionConfig;
import dev.peal.testkit.ManualOwner;
import dev.peal.testkit.SessionRig;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** An application's own state of an open room, and the outcomes that need it. */
class ResidentsTest {
    private final LedgerApp app = new LedgerApp();
    private final SessionRig.Kept kept = SessionRig.Kept.inMemory(Retention.ALL);
    private final SessionRig rig = rig(app);

    private SessionRig rig(App with) {
        return new SessionRig(List.of(with), 2, SessionConfig.DEFAULT, HubConfig.DEFAULT, Limit.UNLIMITED, kept);
    }

    private static SessionRig.Client signedIn(SessionRig rig, int loop, String user) {
        SessionRig.Client client =
                rig.open(loop).send("{\"type\":\"authenticate\",\"data\":{\"token\":\"" + user + "\"}}");
        client.take();
        return client;
    }

    private static String say(String type, String id, String fields) {
        return "{\"type\":\"" + type + "\",\"id\":\"" + id + "\",\"data\":{" + fields + "}}";
    }

    private static String say(String type, String id) {
        return say(type, id, "");
    }

    private static List<String> heads(SessionRig.Client client) {
        return client.take().stream()
                .map(frame -> frame.replaceAll("^\\{\"type\":\"([a-z_]+)\"(,\"id\":\"([^\"]*)\")?.*", "$1 $3")
                        .strip())
                .toList();
    }

    @Test
    void nothingIsAskedOfARoomUntilItsResidentIsThere() {
        app.atOnce = false;
        SessionRig.Client ann =
                signedIn(rig, 0, "ann").send(say("enter", "e")).send(say("write", "w", "\"text\":\"x\""));
        assertThat(ann.take()).isEmpty();
        rig.hub()
                .home(new RoomKey(LedgerApp.KIND, "k"))
                .owner()
                .execute(() -> app.loading.get(0).accept(Optional.of(app.ledgers.get(0))));
        assertThat(heads(ann)).containsExactly("welcome e", "written", "ack w");
        assertThat(app.ledgers.get(0).entries).containsExactly("1 \"x\"");
    }

    @Test
    void whatIsStoredWhileItLoadsIsToldInOrderOnceItIsThere() {
        app.atOnce = false;
        SessionRig.Client ann = signedIn(rig, 0, "ann").send(say("enter", "e"));
        rig.settle();
        LedgerApp elsewhere = new LedgerApp();
        SessionRig other = rig(elsewhere);
        SessionRig.Client zoe = signedIn(other, 0, "zoe").send(say("enter", "e"));
        zoe.send(say("write", "w1", "\"text\":\"one\""))
                .send(say("write", "w2", "\"text\":\"two\""))
                .take();
        rig.settle();
        assertThat(app.ledgers.get(0).entries).isEmpty();
        rig.hub()
                .home(new RoomKey(LedgerApp.KIND, "k"))
                .owner()
                .execute(() -> app.loading.get(0).accept(Optional.of(app.ledgers.get(0))));
        ann.take();
        assertThat(app.ledgers.get(0).entries).containsExactly("1 \"one\"", "2 \"two\"");
        zoe.send(say("write", "w3", "\"text\":\"three\"")).take();
        ann.take();
        assertThat(app.ledgers.get(0).entries).hasSize(3);
    }

    @Test
    void aResidentThatCannotBeLoadedMakesItsRoomUnavailableAndTheNextToComeOpensItAnew() {
        app.atOnce = false;
        SessionRig.Client ann = signedIn(rig, 0, "ann").send(say("enter", "e")).send(say("write", "w"));
        rig.settle();
        rig.hub()
                .home(new RoomKey(LedgerApp.KIND, "k"))
                .owner()
                .execute(() -> app.loading.get(0).accept(Optional.empty()));
        assertThat(ann.take()).hasSize(2).allMatch(frame -> frame.contains(ErrorCode.UNAVAILABLE.wire()));
        assertThat(rig.rooms()).isZero();
        app.atOnce = true;
        assertThat(heads(ann.send(say("enter", "e")))).containsExactly("welcome e");
        assertThat(app.ledgers).hasSize(2);
    }

    @Test
    void aRoomThatLeavesMemoryTakesItsResidentAlong() {
        SessionRig.Client ann = signedIn(rig, 0, "ann").send(say("enter", "e"));
        ann.take();
        assertThat(app.ledgers.get(0).closed).isFalse();
        ann.send(say("exit", "x")).take();
        assertThat(app.ledgers.get(0).closed).isTrue();
        ann.send(say("enter", "e")).take();
        assertThat(app.ledgers).hasSize(2);
    }

    @Test
    void anApplicationHearsOfItsAppendBehindItsEntryAndBeforeTheAcknowledgement() {
        SessionRig.Client ann = signedIn(rig, 0, "ann").send(say("enter", "e"));
        ann.take();
        assertThat(heads(ann.send(say("write", "w", "\"text\":\"x\"")))).containsExactly("written", "ack w");
        assertThat(app.answers).hasSize(1).allMatch(answer -> answer instanceof Appended.Stored);
    }

    @Test
    void whereItsExpectationFailsItMayTryAgainInItsPlace() {
        SessionRig.Client ann = signedIn(rig, 0, "ann").send(say("enter", "e"));
        ann.take();
        RoomKey key = new RoomKey(LedgerApp.KIND, "k");
        Draft own = new Draft("written", "server", null, 0, 0, "\"own\"".getBytes(StandardCharsets.UTF_8));
        ManualOwner owner = (ManualOwner) rig.hub().home(key).owner();
        owner.run(() -> rig.hub().with(key, room -> room.append(own, Feed.ANY, null, null, done -> {})));
        ann.send(say("write", "w", "\"text\":\"x\"")).send(say("exit", "l"));
        assertThat(heads(ann)).containsExactlyInAnyOrder("written", "written", "ack w", "ack l");
        assertThat(app.answers).hasSize(2).first().isInstanceOf(Appended.Conflict.class);
    }

    @Test
    void twoServersOnOneLogAgree() {
        LedgerApp elsewhere = new LedgerApp();
        SessionRig other = rig(elsewhere);
        SessionRig.Client ann = signedIn(rig, 0, "ann").send(say("enter", "e"));
        SessionRig.Client zoe = signedIn(other, 0, "zoe").send(say("enter", "e"));
        ann.take();
        zoe.take();
        ann.send(say("write", "w", "\"text\":\"a\""));
        zoe.send(say("write", "w", "\"text\":\"z\""));
        for (int turn = 0; turn < 10; turn++) {
            rig.settle();
            other.settle();
        }
        assertThat(heads(ann)).contains("ack w").doesNotContain("error w");
        assertThat(heads(zoe)).contains("ack w").doesNotContain("error w");
        assertThat(app.ledgers.get(0).entries)
                .isEqualTo(elsewhere.ledgers.get(0).entries)
                .hasSize(2);
    }

    @Test
    void aWelcomeIsMadeAtItsPlaceAndComesAlsoUnasked() {
        SessionRig.Client ann = signedIn(rig, 0, "ann")
                .send(say("enter", "e"))
                .send(say("write", "w", "\"text\":\"x\""))
                .send("{\"type\":\"enter\",\"data\":{}}");
        List<String> frames = ann.take();
        assertThat(frames.get(0))
                .isEqualTo(
                        "{\"type\":\"welcome\",\"id\":\"e\",\"data\":{\"entries\":0,\"users\":1,\"newest\":0,\"asked\":false}}");
        assertThat(frames)
                .contains("{\"type\":\"welcome\",\"data\":{\"entries\":1,\"users\":1,\"newest\":1,\"asked\":false}}");
    }

    @Test
    void whatAKindCallsItsRoomsIsInEveryAnswer() {
        SessionRig.Client ann = signedIn(rig, 0, "ann").send(say("enter_plainly", "e"));
        assertThat(ann.take().get(0)).startsWith("{\"type\":\"joined\",\"id\":\"e\",\"data\":{\"ledgerId\":\"k\"");
        SessionRig.Client bob = signedIn(rig, 1, "bob").send(say("enter", "e"));
        bob.take();
        assertThat(ann.take().get(0)).contains("\"user_joined\"", "\"ledgerId\":\"k\"");
        assertThat(ann.send(say("write", "w", "\"text\":\"x\"")).take().get(1))
                .contains("\"ack\"", "\"ledgerId\":\"k\"", "\"offset\":1");
        assertThat(ann.send(say("exit", "x")).take().get(0))
                .isEqualTo("{\"type\":\"ack\",\"id\":\"x\",\"data\":{\"ledgerId\":\"k\"}}");
    }

    @Test
    void anEntryThatWasStoredBeforeIsAcknowledgedAgain() {
        SessionRig.Client ann = signedIn(rig, 0, "ann").send(say("enter", "e"));
        ann.send(say("write", "w", "\"text\":\"x\"")).take();
        assertThat(ann.send(say("known", "k", "\"of\":1")).take().get(0))
                .contains("\"ack\"", "\"id\":\"k\"", "\"offset\":1");
        assertThat(ann.send(say("known", "k")).take().get(0))
                .isEqualTo("{\"type\":\"ack\",\"id\":\"k\",\"data\":{\"ledgerId\":\"k\"}}");
    }

    @Test
    void whatIsDecidedInTurnSeesWhatWasAskedForBefore() {
        SessionRig.Client ann = signedIn(rig, 0, "ann").send(say("enter", "e"));
        ann.take();
        ann.send(say("count", "c0"))
                .send(say("write", "w", "\"text\":\"x\""))
                .send(say("count", "c1"))
                .send(say("exit", "l"));
        assertThat(heads(ann)).containsExactlyInAnyOrder("error c0", "written", "ack w", "counted c1", "ack l");
    }

    @Test
    void whileAQuestionIsDecidedOthersGoOnAndItsAskerWaits() {
        SessionRig.Client ann = signedIn(rig, 0, "ann").send(say("enter", "e"));
        SessionRig.Client bob = signedIn(rig, 1, "bob").send(say("enter", "e"));
        ann.take();
        bob.take();
        ann.send(say("ask", "a")).send(say("write", "w", "\"text\":\"ann\"")).send(say("exit", "l"));
        bob.send(say("write", "w", "\"text\":\"bob\""));
        assertThat(heads(bob)).contains("ack w");
        assertThat(heads(ann)).containsExactly("written");
        app.later.get(0).accept(new Outcome.Acknowledge(0));
        assertThat(heads(ann)).containsExactlyInAnyOrder("ack a", "written", "ack w", "ack l");
        assertThat(app.ledgers.get(0).entries).containsExactly("1 \"bob\"", "2 \"ann\"");
    }

    @Test
    void aQuestionThatHoldsNothingUpIsAnsweredWhenItIs() {
        SessionRig.Client ann = signedIn(rig, 0, "ann").send(say("enter", "e"));
        ann.take();
        ann.send(say("ask", "a", "\"inOrder\":false")).send(say("write", "w", "\"text\":\"x\""));
        assertThat(heads(ann)).containsExactly("written", "ack w");
        app.later.get(0).accept(new Outcome.Acknowledge(0));
        assertThat(heads(ann)).containsExactly("ack a");
    }

    @Test
    void aRoomWaitsForAnAnswerThatIsUnderWay() {
        SessionRig.Client ann = signedIn(rig, 0, "ann").send(say("enter", "e"));
        ann.take();
        ann.send(say("ask", "a"));
        rig.settle();
        ann.breaks();
        rig.settle();
        assertThat(rig.rooms()).isEqualTo(1);
        app.later.get(0).accept(new Outcome.Join(null));
        rig.settle();
        assertThat(rig.rooms()).isZero();
        assertThat(rig.rosters()).isZero();
        assertThat(app.ledgers.get(0).closed).isTrue();
    }

    @Test
    void anAnswerThatComesTwiceCountsOnceAndAFailureIsAnAnswer() {
        SessionRig.Client ann = signedIn(rig, 0, "ann").send(say("enter", "e"));
        ann.take();
        ann.send(say("ask", "a"));
        rig.settle();
        app.later.get(0).accept(new Outcome.Acknowledge(0));
        app.later.get(0).accept(new Outcome.Acknowledge(0));
        assertThat(heads(ann)).containsExactly("ack a");
        assertThat(ann.send(say("fail", "f")).take().get(0)).contains("\"id\":\"f\"", "internal_error");
    }

    @Test
    void onlySoManyMessagesWaitForAnAnswer() {
        SessionRig.Client ann = signedIn(rig, 0, "ann").send(say("enter", "e"));
        ann.take();
        ann.send(say("ask", "a"));
        int max = SessionConfig.DEFAULT.heldMessagesMax();
        for (int i = 0; i < max + 1; i++) {
            ann.send(say("known", "k" + i));
        }
        assertThat(ann.take()).singleElement().asString().contains("\"id\":\"k" + max + "\"", "unavailable");
        app.later.get(0).accept(new Outcome.Acknowledge(0));
        assertThat(heads(ann)).hasSize(max + 1).doesNotContain("error");
    }

    @Test
    void whoMayNotStayIsOutAndIsTold() {
        SessionRig.Client ann = signedIn(rig, 0, "ann").send(say("enter", "e"));
        SessionRig.Client bob = signedIn(rig, 1, "bob").send(say("enter", "e"));
        ann.take();
        bob.take();
        ann.take();
        app.out = bob.session().caller();
        rig.hub().with(new RoomKey(LedgerApp.KIND, "k"), dev.peal.hub.Room::review);
        assertThat(bob.take()).containsExactly("{\"type\":\"removed\",\"data\":{\"ledgerId\":\"k\"}}");
        assertThat(heads(ann)).containsExactly("user_left");
        ann.send(say("write", "w", "\"text\":\"x\"")).take();
        assertThat(bob.take()).isEmpty();
    }
}
