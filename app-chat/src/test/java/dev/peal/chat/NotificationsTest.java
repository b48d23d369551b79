package dev.peal.chat;

import static dev.peal.chat.Frames.*;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.log.Appended;
import dev.peal.protocol.CloseReason;
import dev.peal.session.ConnectionFilter;
import dev.peal.session.Notifications;
import dev.peal.session.SessionConfig;
import dev.peal.testkit.SessionRig;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** PROTOCOL, "Notifications": each once and in order on every connection of the user, and none lost while there is none. */
class NotificationsTest {
    private final SessionRig rig = new SessionRig(List.of(new ChatApp()), 2, SessionConfig.DEFAULT);

    private void notifyUser(String user, String text) {
        rig.sessions().notifications().notify(user, data(text), "api", null, 0, appended -> {});
    }

    private static byte[] data(String text) {
        return ("{\"text\":\"" + text + "\"}").getBytes(UTF_8);
    }

    private static String read(long offset) {
        return "{\"type\":\"read\",\"id\":\"r\",\"data\":{\"offset\":" + offset + "}}";
    }

    private static List<Long> notified(List<String> frames) {
        return frames.stream()
                .filter(frame -> frame.startsWith("{\"type\":\"notification\",\"offset\":"))
                .map(frame -> Long.parseLong(frame.replaceAll(".*?\"offset\":(\\d+).*", "$1")))
                .toList();
    }

    private static List<Long> range(long from, long to) {
        return LongStream.rangeClosed(from, to).boxed().toList();
    }

    @Test
    void reachesEveryConnectionOfTheUserAndNobodyElse() {
        SessionRig.Client here = signedIn(rig, 0, "ann");
        SessionRig.Client there = signedIn(rig, 1, "ann");
        SessionRig.Client bob = signedIn(rig, 1, "bob");
        notifyUser("ann", "hi");
        assertThat(here.take()).containsExactly("{\"type\":\"notification\",\"offset\":1,\"data\":{\"text\":\"hi\"}}");
        assertThat(notified(there.take())).containsExactly(1L);
        assertThat(bob.take()).isEmpty();
    }

    @Test
    void waitsWhileTheUserIsAwayAndComesRightAfterTheSignIn() {
        notifyUser("ann", "one");
        notifyUser("ann", "two");
        rig.settle();
        List<String> frames = rig.open(0).send(authenticate("ann")).take();
        assertThat(types(frames)).containsExactly("authenticated", "notification", "notification");
        assertThat(notified(frames)).containsExactly(1L, 2L);
    }

    @Test
    void whatWasReadDoesNotComeAgain() {
        IntStream.rangeClosed(1, 5).forEach(i -> notifyUser("ann", "n" + i));
        SessionRig.Client ann = signedIn(rig, 0, "ann");
        SessionRig.Client tab = signedIn(rig, 1, "ann");
        assertThat(types(ann.send(read(3)).take())).containsExactly("notification_read", "ack");
        assertThat(tab.take()).containsExactly("{\"type\":\"notification_read\",\"offset\":6,\"data\":{\"offset\":3}}");
        assertThat(notified(rig.open(0).send(authenticate("ann")).take())).containsExactly(4L, 5L);
        ann.send(read(5)).take();
        assertThat(types(rig.open(0).send(authenticate("ann")).take())).containsExactly("authenticated");
    }

    @Test
    void aMarkNeverGoesBackAndNeverAhead() {
        notifyUser("ann", "one");
        SessionRig.Client ann = signedIn(rig, 0, "ann");
        assertThat(ann.send(read(9)).take()).singleElement().asString().contains("\"code\":\"invalid_message\"");
        assertThat(types(ann.send(read(1)).take())).containsExactly("notification_read", "ack");
        assertThat(types(ann.send(read(1)).take())).containsExactly("ack");
        assertThat(types(ann.send(read(0)).take())).containsExactly("ack");
    }

    @Test
    void leavesNoHoleWhileASlowSocketCatchesUp() {
        IntStream.rangeClosed(1, 350).forEach(i -> notifyUser("ann", "x".repeat(900)));
        rig.settle();
        SessionRig.Client ann = rig.open(0);
        ann.connection().stuck(true);
        List<String> all = new ArrayList<>(ann.send(authenticate("ann")).take());
        assertThat(notified(all)).hasSizeLessThan(350);
        for (int i = 351; i <= 400; i++) {
            notifyUser("ann", "live");
            ann.connection().stuck(true);
            all.addAll(ann.drained().take());
        }
        assertThat(notified(all)).isEqualTo(range(1, 400));
        assertThat(ann.connection().closed()).isNull();
    }

    @Test
    void aLiveConnectionThatIsFullGetsTheRestFromTheLog() {
        SessionRig.Client ann = signedIn(rig, 0, "ann");
        ann.connection().stuck(true);
        IntStream.rangeClosed(1, 900).forEach(i -> notifyUser("ann", "x".repeat(2_000)));
        List<String> all = new ArrayList<>(ann.take());
        assertThat(notified(all)).hasSizeBetween(100, 800);
        while (notified(all).size() < 900) {
            int before = notified(all).size();
            all.addAll(ann.drained().take());
            assertThat(notified(all).size()).isGreaterThan(before);
        }
        assertThat(notified(all)).isEqualTo(range(1, 900));
    }

    @Test
    void aRepeatedOneIsStoredOnce() {
        SessionRig.Client ann = signedIn(rig, 0, "ann");
        List<Appended> answers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            rig.sessions().notifications().notify("ann", data("once"), "api", "id-1", 7, answers::add);
        }
        rig.sessions().notifications().notify("ann", data("other"), "api", "id-1", 8, answers::add);
        assertThat(notified(ann.take())).containsExactly(1L);
        assertThat(answers).last().isInstanceOf(Appended.MessageIdReused.class);
        assertThat(answers.subList(0, 3)).allMatch(a -> a instanceof Appended.Stored s && s.offset() == 1);
    }

    @Test
    void aBroadcastReachesEverybodyEncodedOncePerLoop() {
        List<SessionRig.Client> clients = IntStream.range(0, 20)
                .mapToObj(i -> signedIn(rig, i % 2, "u" + i))
                .toList();
        SessionRig.Client nobody = rig.open(0);
        int before = rig.encodings(0);
        rig.sessions().notifications().broadcast(data("noon"), "api", null, 0, appended -> {});
        for (SessionRig.Client client : clients) {
            assertThat(client.take()).containsExactly("{\"type\":\"notification\",\"data\":{\"text\":\"noon\"}}");
        }
        assertThat(nobody.take()).isEmpty();
        assertThat(rig.encodings(0) - before).isEqualTo(1);
    }

    @Test
    void pagesBackThroughOldOnes() {
        IntStream.rangeClosed(1, 7).forEach(i -> notifyUser("ann", "n" + i));
        SessionRig.Client ann = signedIn(rig, 0, "ann");
        ann.send(read(2)).take();
        String newest = ann.send("{\"type\":\"notifications\",\"id\":1,\"data\":{\"limit\":3}}")
                .take()
                .getFirst();
        assertThat(newest).contains("\"n6\"", "\"n7\"").doesNotContain("\"n5\"").contains("\"read\":2,\"next\":6");
        String older = ann.send("{\"type\":\"notifications\",\"id\":2,\"data\":{\"before\":6,\"limit\":200}}")
                .take()
                .getFirst();
        assertThat(older).contains("\"n1\"", "\"n5\"").doesNotContain("\"n6\"", "\"next\"");
    }

    @Test
    void theLogOfAUserIsNoRoomOfTheChat() {
        notifyUser("ann", "secret");
        SessionRig.Client eve = signedIn(rig, 0, "eve");
        assertThat(eve.send("{\"type\":\"history\",\"id\":1,\"data\":{\"roomId\":\"ann\"}}")
                        .take())
                .singleElement()
                .asString()
                .contains("\"entries\":[]");
        assertThat(notified(eve.send(joinAsking("j", "ann")).take())).isEmpty();
        notifyUser("ann", "another");
        assertThat(eve.take()).isEmpty();
    }

    @Test
    void noTwoUsersShareALog() {
        String long1 = "𝕏".repeat(100) + "a";
        String long2 = "𝕏".repeat(100) + "b";
        assertThat(Notifications.logOf(long1)).isNotEqualTo(Notifications.logOf(long2));
        String imposter = Notifications.logOf(long1).id();
        assertThat(Notifications.logOf(imposter)).isNotEqualTo(Notifications.logOf(long1));
        assertThat(Notifications.logOf("ann").id()).isEqualTo("ann");
        assertThat(Notifications.logOf("x".repeat(128)).id()).isEqualTo("x".repeat(128));
    }

    @Test
    void listsConnectionsAndCutsAUsers() {
        SessionRig.Client ann = signedIn(rig, 0, "ann");
        SessionRig.Client tab = signedIn(rig, 1, "ann");
        signedIn(rig, 1, "bob").send(join("k")).take();
        rig.pass(5_000);
        tab.alive();
        var all = rig.sessions()
                .connections(new ConnectionFilter(Optional.empty(), 0, 100))
                .toCompletableFuture();
        var bobs = rig.sessions()
                .connections(new ConnectionFilter(Optional.of("bob"), 0, 100))
                .toCompletableFuture();
        var few = rig.sessions()
                .connections(new ConnectionFilter(Optional.empty(), 0, 2))
                .toCompletableFuture();
        var cut = rig.sessions().disconnect("ann", CloseReason.FORBIDDEN).toCompletableFuture();
        rig.settle();
        assertThat(all.join()).hasSize(3);
        assertThat(few.join()).hasSize(2);
        assertThat(bobs.join()).singleElement().satisfies(info -> {
            assertThat(info.userName()).isEqualTo("BOB");
            assertThat(info.rooms()).extracting(Object::toString).containsExactly("chat/k");
            assertThat(rig.clock().millis() - info.openedMillis()).isEqualTo(5_000);
            assertThat(rig.clock().millis() - info.heardMillis()).isEqualTo(5_000);
            assertThat(info.transport()).isEqualTo("test");
        });
        assertThat(cut.join()).isEqualTo(2);
        assertThat(ann.connection().closed()).isEqualTo(CloseReason.FORBIDDEN);
        assertThat(tab.connection().closed()).isEqualTo(CloseReason.FORBIDDEN);
    }
}
