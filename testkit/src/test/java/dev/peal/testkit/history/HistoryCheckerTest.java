package dev.peal.testkit.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.protocol.Position;
import dev.peal.protocol.Recovery;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A history by hand for each thing that can be wrong, and for each that looks wrong and is not. */
final class HistoryCheckerTest {
    private static final String EPOCH = "e";

    private static Position at(long offset) {
        return new Position(EPOCH, offset);
    }

    private static Publish acked(String payload, long... offsets) {
        return new Publish(
                payload, Arrays.stream(offsets).mapToObj(HistoryCheckerTest::at).toList(), false);
    }

    private static Seen.Entry entry(long offset, String payload) {
        return new Seen.Entry(offset, payload);
    }

    private static Seen.Joined fresh(long newest) {
        return new Seen.Joined(at(newest), Optional.empty(), Recovery.NOT_ASKED);
    }

    private static Seen.Joined resumed(long since, long newest) {
        return new Seen.Joined(at(newest), Optional.of(at(since)), Recovery.COMPLETE);
    }

    private static ClientHistory sender(Publish... publishes) {
        return new ClientHistory("ann", List.of(publishes), List.of());
    }

    private static ClientHistory reader(Seen... seen) {
        return new ClientHistory("bob", List.of(), List.of(seen));
    }

    private static RoomHistory room(List<Seen.Entry> log, ClientHistory... clients) {
        return new RoomHistory("k", List.of(clients), EPOCH, log);
    }

    private static List<Anomaly.Kind> kinds(RoomHistory history) {
        return HistoryChecker.check(history).stream().map(Anomaly::kind).toList();
    }

    @Test
    void findsNothingWhereNothingIsWrong() {
        RoomHistory history = room(
                List.of(entry(1, "a"), entry(2, "b"), entry(3, "c")),
                sender(acked("a", 1, 1), acked("b"), acked("unanswered"), acked("c", 3)),
                reader(fresh(0), entry(1, "a"), resumed(1, 3), entry(2, "b"), entry(3, "c")));
        assertThat(kinds(history)).isEmpty();
    }

    @Test
    void findsWhatWasAcknowledgedAndIsNotThere() {
        assertThat(kinds(room(List.of(entry(1, "a")), sender(acked("a", 1), acked("b", 2)))))
                .containsExactly(Anomaly.Kind.LOST);
    }

    @Test
    void findsWhatWasAcknowledgedInAnEpochThatIsGone() {
        Publish publish = new Publish("a", List.of(new Position("before", 1)), false);
        assertThat(kinds(room(List.of(), sender(publish)))).containsExactly(Anomaly.Kind.LOST);
    }

    @Test
    void findsAPublishThatIsStoredTwice() {
        assertThat(kinds(room(List.of(entry(1, "a"), entry(2, "a")), sender(acked("a", 1)))))
                .containsExactly(Anomaly.Kind.DUPLICATE);
    }

    @Test
    void findsAPublishThatWasAcknowledgedAtTwoPlaces() {
        assertThat(kinds(room(List.of(entry(1, "a"), entry(2, "b")), sender(acked("a", 1, 2)), sender(acked("b")))))
                .contains(Anomaly.Kind.DUPLICATE, Anomaly.Kind.INCONSISTENT_OFFSET);
    }

    @Test
    void findsOneSendersPublishesOutOfOrder() {
        assertThat(kinds(room(List.of(entry(1, "b"), entry(2, "a")), sender(acked("a", 2), acked("b", 1)))))
                .containsExactly(Anomaly.Kind.REORDERED);
    }

    @Test
    void findsUnansweredPublishesOutOfOrderToo() {
        assertThat(kinds(room(List.of(entry(1, "b"), entry(2, "a")), sender(acked("a"), acked("b")))))
                .containsExactly(Anomaly.Kind.REORDERED);
    }

    @Test
    void findsAnEntryThatNobodySent() {
        assertThat(kinds(room(List.of(entry(1, "a")), reader()))).containsExactly(Anomaly.Kind.PHANTOM);
    }

    @Test
    void findsAnEntryThatOnlyAReaderSawAndNobodySent() {
        assertThat(kinds(room(List.of(), reader(fresh(0), entry(1, "a"))))).containsExactly(Anomaly.Kind.PHANTOM);
    }

    @Test
    void findsAnEntryThatCameBeforeItsReaderWasInTheRoom() {
        RoomHistory history = room(List.of(entry(1, "a")), sender(acked("a", 1)), reader(entry(1, "a"), fresh(1)));
        assertThat(kinds(history)).containsExactly(Anomaly.Kind.PHANTOM);
    }

    @Test
    void findsAReaderThatGoesBack() {
        RoomHistory history = room(
                List.of(entry(1, "a"), entry(2, "b")),
                sender(acked("a", 1), acked("b", 2)),
                reader(fresh(0), entry(1, "a"), entry(2, "b"), entry(1, "a")));
        assertThat(kinds(history)).containsExactly(Anomaly.Kind.NON_MONOTONIC);
    }

    @Test
    void findsAHoleInWhatAReaderGot() {
        RoomHistory history = room(
                List.of(entry(1, "a"), entry(2, "b")),
                sender(acked("a", 1), acked("b", 2)),
                reader(fresh(0), entry(2, "b")));
        assertThat(kinds(history)).containsExactly(Anomaly.Kind.SKIPPED);
    }

    @Test
    void findsAHoleAfterAPromiseOfAll() {
        RoomHistory history = room(
                List.of(entry(1, "a"), entry(2, "b"), entry(3, "c")),
                sender(acked("a", 1), acked("b", 2), acked("c", 3)),
                reader(fresh(0), entry(1, "a"), resumed(1, 2), entry(3, "c")));
        assertThat(kinds(history)).containsExactly(Anomaly.Kind.SKIPPED);
    }

    @Test
    void findsAPromiseOfAllThatBeginsTooLate() {
        RoomHistory history = room(
                List.of(entry(1, "a"), entry(2, "b")),
                sender(acked("a", 1), acked("b", 2)),
                reader(fresh(0), new Seen.Joined(at(1), Optional.empty(), Recovery.COMPLETE), entry(2, "b")));
        assertThat(kinds(history)).containsExactly(Anomaly.Kind.SKIPPED);
    }

    @Test
    void findsAPromiseOfAllAcrossEpochs() {
        Seen.Joined wrong = new Seen.Joined(at(5), Optional.of(new Position("before", 5)), Recovery.COMPLETE);
        assertThat(kinds(room(List.of(), reader(wrong)))).containsExactly(Anomaly.Kind.SKIPPED);
    }

    @Test
    void findsAHoleInTheLog() {
        assertThat(kinds(room(List.of(entry(1, "a"), entry(3, "b")), sender(acked("a"), acked("b")))))
                .containsExactly(Anomaly.Kind.SKIPPED);
    }

    @Test
    void findsOneOffsetWithTwoPayloads() {
        RoomHistory history =
                room(List.of(entry(1, "a")), sender(acked("a", 1), acked("b")), reader(fresh(0), entry(1, "b")));
        assertThat(kinds(history)).containsExactly(Anomaly.Kind.INCONSISTENT_OFFSET);
    }

    @Test
    void aLossThatWasToldIsNone() {
        Seen.Joined told =
                new Seen.Joined(at(3), Optional.of(at(1)), new Recovery.Lost(Recovery.Reason.HISTORY_TRIMMED, 3));
        RoomHistory history = room(
                List.of(entry(3, "c"), entry(4, "d")),
                sender(acked("a", 1), acked("b", 2), acked("c", 3), acked("d", 4)),
                reader(fresh(0), entry(1, "a"), told, entry(4, "d")));
        assertThat(kinds(history)).isEmpty();
    }

    @Test
    void whatWasRefusedOnceMayBeOvertaken() {
        Publish refused = new Publish("a", List.of(at(2)), true);
        assertThat(kinds(room(List.of(entry(1, "b"), entry(2, "a")), sender(refused, acked("b", 1)))))
                .isEmpty();
    }
}
