package dev.peal.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.log.Appended;
import dev.peal.log.Entry;
import dev.peal.log.Feed;
import dev.peal.log.LogRead;
import dev.peal.log.ReadRequest;
import dev.peal.log.ReadRequest.Direction;
import dev.peal.log.Retention;
import dev.peal.log.RoomKey;
import dev.peal.log.RoomLog;
import dev.peal.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What every {@link RoomLog} does. An implementation's test extends this class. */
public abstract class RoomLogContract {
    private static final int ENTRIES_ALL = 1_000_000;
    private static final int BYTES_ALL = Integer.MAX_VALUE;

    protected final ManualClock clock = new ManualClock();
    protected final ManualOwner owner = new ManualOwner(clock);
    protected final RoomKey room = new RoomKey("chat", "lobby");
    private final List<RoomLog> opened = new ArrayList<>();
    private @Nullable RoomLog log;

    /** A new, empty log. */
    protected abstract RoomLog create(Clock clock, Function<String, Retention> retention);

    /** Has retention look at every room now; may return before it is done. */
    protected abstract void trim(RoomLog log);

    @AfterEach
    final void closeLogs() {
        opened.forEach(RoomLog::close);
    }

    /** The log under test, keeping everything; made at the first call. */
    protected final RoomLog log() {
        RoomLog is = log;
        if (is == null) {
            is = keeping(Retention.ALL);
            log = is;
        }
        return is;
    }

    /** A log with this retention for every kind. */
    protected final RoomLog keeping(Retention retention) {
        RoomLog is = create(clock, kind -> retention);
        opened.add(is);
        return is;
    }

    /** Closes the log under test; it is not closed again. */
    protected final void closeLog() {
        RoomLog is = log();
        opened.remove(is);
        is.close();
    }

    protected final FeedProbe follow() {
        return new FeedProbe(log(), room, owner).open();
    }

    protected final LogRead read(RoomLog from, ReadRequest request) {
        List<LogRead> answer = new ArrayList<>();
        from.read(request, owner, read -> {
            assertThat(owner.inside()).isTrue();
            answer.add(read);
        });
        assertThat(answer).as("never from inside the call").isEmpty();
        owner.runUntil("a read's answer", () -> !answer.isEmpty());
        return answer.getFirst();
    }

    protected final LogRead read(Direction direction, long from, int max) {
        return read(log(), new ReadRequest(room, null, direction, from, max, BYTES_ALL));
    }

    private static List<String> texts(LogRead read) {
        assertThat(read).isInstanceOf(LogRead.Complete.class);
        return ((LogRead.Complete) read).entries().stream().map(FeedProbe::text).toList();
    }

    private FeedProbe withEntries(int count) {
        FeedProbe feed = follow();
        for (int i = 1; i <= count; i++) {
            feed.append("e" + i);
        }
        feed.awaitAnswers();
        return feed;
    }

    @Test
    void opensARoomThatWasNeverWrittenTo() {
        FeedProbe feed = follow();
        assertThat(feed.calls.getFirst()).isEqualTo("opened 1..0");
        assertThat(feed.epoch()).isNotEmpty();
        assertThat(read(Direction.AFTER, 0, 10)).isEqualTo(new LogRead.Complete(feed.epoch(), 1, 0, List.of()));
    }

    @Test
    void givesTheEntryThenItsAnswerThenTheNextEntry() {
        FeedProbe feed = follow();
        feed.append("a");
        feed.append("b");
        feed.append("c");
        feed.awaitAnswers();
        owner.runUntil("the end of the run", () -> feed.calls.getLast().equals("end"));
        assertThat(feed.calls.stream().filter(call -> !call.equals("end")))
                .containsExactly(
                        "opened 1..0", "entry 1 a", "stored 1", "entry 2 b", "stored 2", "entry 3 c", "stored 3");
        assertThat(feed.answers).contains(new Appended.Stored(feed.epoch(), 3, false));
    }

    @Test
    void keepsWhatTheDraftSaid() {
        FeedProbe feed = follow();
        feed.append(FeedProbe.draft("ünï-\uD83D\uDE00", "id", "{\"ö\":1}", 123_456), Feed.ANY);
        feed.awaitAnswers();
        LogRead.Complete read = (LogRead.Complete) read(Direction.AFTER, 0, 10);
        for (Entry entry : List.of(feed.entries.getFirst(), read.entries().getFirst())) {
            assertThat(entry.offset()).isEqualTo(1);
            assertThat(entry.timeMillis()).isEqualTo(123_456);
            assertThat(entry.type()).isEqualTo("message");
            assertThat(entry.sender()).isEqualTo("ünï-\uD83D\uDE00");
            assertThat(FeedProbe.text(entry)).isEqualTo("{\"ö\":1}");
        }
    }

    @Test
    void storesOnlyWhereTheExpectedOffsetIsTheNewest() {
        FeedProbe feed = follow();
        feed.append("first", 0);
        feed.append("stale", 0);
        feed.append("second", 1);
        feed.append("too new", 7);
        feed.awaitAnswers();
        assertThat(feed.calls.stream().filter(call -> !call.equals("end")).skip(1))
                .containsExactly("entry 1 first", "stored 1", "conflict 1", "entry 2 second", "stored 2", "conflict 2");
    }

    @Test
    void countsPipelinedAppendsOfOneFeedAsStored() {
        FeedProbe feed = follow();
        for (int i = 0; i < 100; i++) {
            feed.append("p" + i, i);
        }
        feed.awaitAnswers();
        assertThat(feed.answers).allMatch(answer -> answer instanceof Appended.Stored);
        assertThat(feed.entries).extracting(Entry::offset).containsExactlyElementsOf(upTo(100));
    }

    @Test
    void letsOnlyOneOfTwoFeedsWinAnOffset() {
        FeedProbe one = follow();
        FeedProbe two = follow();
        one.append("one", 0);
        two.append("two", 0);
        one.awaitAnswers();
        two.awaitAnswers();
        assertThat(one.answers).containsExactly(new Appended.Stored(one.epoch(), 1, false));
        assertThat(two.answers).containsExactly(new Appended.Conflict(1));
        two.awaitEntries(1);
        assertThat(two.entries).extracting(FeedProbe::text).containsExactly("one");
    }

    @Test
    void whatWasDecidedOnAnAppendThatCameToNothingIsNotStored() {
        FeedProbe one = follow();
        FeedProbe two = follow();
        one.append("one", 0);
        two.append("two", 0);
        two.append("on two", 1);
        two.append("whatever is there");
        one.awaitAnswers();
        two.awaitAnswers();
        assertThat(two.answers)
                .containsExactly(
                        new Appended.Conflict(1), new Appended.Conflict(1), new Appended.Stored(one.epoch(), 2, false));
        two.append("on one and two", 2);
        two.append("on that", 3);
        two.awaitAnswers();
        assertThat(texts(read(Direction.AFTER, 0, 10)))
                .containsExactly("one", "whatever is there", "on one and two", "on that");
    }

    @Test
    void storesAMessageIdOnce() {
        FeedProbe feed = follow();
        feed.append("x", "ann", "m1");
        feed.awaitAnswers();
        feed.append("x", "ann", "m1");
        feed.append("y", "ann", "m2");
        feed.awaitAnswers();
        assertThat(feed.calls.stream().filter(call -> !call.equals("end")).skip(1))
                .containsExactly("entry 1 x", "stored 1", "duplicate 1", "entry 2 y", "stored 2");
        assertThat(texts(read(Direction.AFTER, 0, 10))).containsExactly("x", "y");
    }

    @Test
    void storesAMessageIdOnceWhereItsRepetitionIsPipelined() {
        FeedProbe feed = follow();
        feed.append("x", "ann", "m1");
        feed.append("x", "ann", "m1");
        feed.append("x", "ann", "m1");
        feed.awaitAnswers();
        assertThat(feed.calls.stream().filter(call -> !call.equals("end")).skip(1))
                .containsExactly("entry 1 x", "stored 1", "duplicate 1", "duplicate 1");
    }

    @Test
    void scopesAMessageIdByRoomAndSender() {
        FeedProbe feed = follow();
        FeedProbe elsewhere = new FeedProbe(log(), new RoomKey("chat", "other"), owner).open();
        feed.append("x", "ann", "m1");
        feed.append("x", "bob", "m1");
        elsewhere.append("x", "ann", "m1");
        feed.awaitAnswers();
        elsewhere.awaitAnswers();
        assertThat(feed.entries).hasSize(2);
        assertThat(elsewhere.entries).hasSize(1);
    }

    @Test
    void refusesAMessageIdWithAnotherPayload() {
        FeedProbe feed = follow();
        feed.append("x", "ann", "m1");
        feed.append("other", "ann", "m1");
        feed.awaitAnswers();
        feed.append("other", "ann", "m1");
        feed.awaitAnswers();
        assertThat(feed.answers.subList(1, 3)).allMatch(answer -> answer instanceof Appended.MessageIdReused);
        assertThat(texts(read(Direction.AFTER, 0, 10))).containsExactly("x");
    }

    @Test
    void answersARepetitionWhateverItExpects() {
        FeedProbe feed = follow();
        feed.append(FeedProbe.draft("ann", "m1", "x"), 0);
        feed.append("y");
        feed.append(FeedProbe.draft("ann", "m1", "x"), 0);
        feed.append(FeedProbe.draft("ann", "m2", "z"), 0);
        feed.append(FeedProbe.draft("ann", "m2", "z"), 2);
        feed.awaitAnswers();
        assertThat(feed.calls.stream().filter(call -> !call.startsWith("e")).skip(1))
                .containsExactly("stored 1", "stored 2", "duplicate 1", "conflict 2", "stored 3");
    }

    @Test
    void readsForwardsAndBackwardsInPages() {
        withEntries(10);
        assertThat(texts(read(Direction.AFTER, 0, 3))).containsExactly("e1", "e2", "e3");
        assertThat(texts(read(Direction.AFTER, 8, 3))).containsExactly("e9", "e10");
        assertThat(texts(read(Direction.AFTER, 10, 3))).isEmpty();
        assertThat(texts(read(Direction.BEFORE, Long.MAX_VALUE, 3))).containsExactly("e8", "e9", "e10");
        assertThat(texts(read(Direction.BEFORE, 3, 3))).containsExactly("e1", "e2");
        assertThat(texts(read(Direction.BEFORE, 1, 3))).isEmpty();
        assertThat(texts(read(Direction.BEFORE, 0, 3))).isEmpty();
    }

    @Test
    void stopsReadingAtTheBytesAskedForButGivesOne() {
        withEntries(9);
        assertThat(texts(read(log(), new ReadRequest(room, null, Direction.AFTER, 0, 9, 1))))
                .containsExactly("e1");
        assertThat(texts(read(log(), new ReadRequest(room, null, Direction.AFTER, 0, 9, 4))))
                .containsExactly("e1", "e2");
        assertThat(texts(read(log(), new ReadRequest(room, null, Direction.BEFORE, 9, 9, 3))))
                .containsExactly("e7", "e8");
    }

    @Test
    void saysThatAnotherEpochIsGone() {
        FeedProbe feed = withEntries(3);
        LogRead.OtherEpoch gone = new LogRead.OtherEpoch(feed.epoch(), 1, 3);
        assertThat(read(log(), new ReadRequest(room, "other", Direction.AFTER, 1, 9, 99)))
                .isEqualTo(gone);
        assertThat(read(log(), new ReadRequest(room, "other", Direction.BEFORE, 9, 9, 99)))
                .isEqualTo(gone);
        assertThat(read(log(), new ReadRequest(room, feed.epoch(), Direction.AFTER, 4, 9, 99)))
                .isEqualTo(gone);
        assertThat(texts(read(log(), new ReadRequest(room, feed.epoch(), Direction.AFTER, 3, 9, 99))))
                .isEmpty();
    }

    @Test
    void opensAtTheNewestAcknowledged() {
        withEntries(5);
        FeedProbe second = follow();
        assertThat(second.calls.getFirst()).isEqualTo("opened 1..5");
        second.append("e6");
        second.awaitAnswers();
        assertThat(second.entries).extracting(Entry::offset).containsExactly(6L);
    }

    @Test
    void givesEveryFeedEveryEntryAndOnlyTheAppenderTheAnswer() {
        FeedProbe one = follow();
        FeedProbe two = follow();
        ManualOwner otherOwner = new ManualOwner(clock);
        FeedProbe three = new FeedProbe(log(), room, otherOwner).open();
        for (int i = 0; i < 50; i++) {
            one.append("a" + i);
            two.append("b" + i);
            three.append("c" + i);
        }
        for (FeedProbe feed : List.of(one, two, three)) {
            feed.awaitEntries(150);
            feed.awaitAnswers();
            assertThat(feed.entries).extracting(Entry::offset).containsExactlyElementsOf(upTo(150));
            assertThat(feed.answers).hasSize(50);
        }
        assertThat(two.entries).extracting(FeedProbe::text).isEqualTo(texts(read(Direction.AFTER, 0, 500)));
        assertThat(three.entries).extracting(FeedProbe::text).isEqualTo(texts(read(Direction.AFTER, 0, 500)));
    }

    @Test
    void keepsRoomsApart() {
        List<FeedProbe> feeds = Stream.of("a", "b", "c")
                .map(id -> new FeedProbe(log(), new RoomKey("chat", id), owner).open())
                .toList();
        FeedProbe otherKind = new FeedProbe(log(), new RoomKey("doc", "a"), owner).open();
        for (int i = 0; i < 20; i++) {
            for (FeedProbe feed : feeds) {
                feed.append("e" + i);
            }
        }
        for (FeedProbe feed : feeds) {
            feed.awaitAnswers();
            assertThat(feed.entries).extracting(Entry::offset).containsExactlyElementsOf(upTo(20));
        }
        assertThat(otherKind.entries).isEmpty();
    }

    @Test
    void answersAppendsThatAreUnderWayWhenTheFeedCloses() {
        FeedProbe feed = follow();
        FeedProbe other = follow();
        for (int i = 0; i < 20; i++) {
            feed.append("e" + i);
        }
        int before = feed.entries.size();
        feed.close();
        feed.awaitAnswers();
        assertThat(feed.answers).allMatch(answer -> answer instanceof Appended.Stored);
        assertThat(feed.entries).as("not called after close").hasSize(before);
        other.awaitEntries(20);
        feed.append("late");
        feed.awaitAnswers();
        assertThat(feed.answers.getLast()).isEqualTo(new Appended.Unavailable());
    }

    @Test
    void isNotCalledWhereItClosesBeforeItIsOpen() {
        FeedProbe feed = new FeedProbe(log(), room, owner);
        feed.close();
        withEntries(3);
        assertThat(feed.calls).isEmpty();
    }

    @Test
    void completesWhatItAcceptedWhenItCloses() {
        FeedProbe feed = follow();
        for (int i = 0; i < 500; i++) {
            feed.append("e" + i);
        }
        assertThat(log().writable()).isTrue();
        closeLog();
        feed.awaitAnswers();
        assertThat(feed.answers).allMatch(answer -> answer instanceof Appended.Stored);
        assertThat(log().writable()).isFalse();
        feed.append("late");
        feed.awaitAnswers();
        assertThat(feed.answers.getLast()).isEqualTo(new Appended.Unavailable());
        FeedProbe after = new FeedProbe(log(), room, owner);
        owner.runUntil("a refusal", after::hasFailed);
        assertThat(read(Direction.AFTER, 0, 10)).isEqualTo(new LogRead.Failed());
    }

    @Test
    void trimsByCountAndSaysSo() {
        FeedProbe feed = trimmed(new Retention(Long.MAX_VALUE, 10, Long.MAX_VALUE), 25, 16);
        RoomLog of = opened.getLast();
        ReadRequest resume = new ReadRequest(room, feed.epoch(), Direction.AFTER, 14, ENTRIES_ALL, BYTES_ALL);
        assertThat(read(of, resume)).isEqualTo(new LogRead.Truncated(feed.epoch(), 16, 25));
        resume = new ReadRequest(room, feed.epoch(), Direction.AFTER, 15, ENTRIES_ALL, BYTES_ALL);
        assertThat(texts(read(of, resume))).hasSize(10).startsWith("e16");
        ReadRequest back = new ReadRequest(room, feed.epoch(), Direction.BEFORE, 18, ENTRIES_ALL, BYTES_ALL);
        assertThat(texts(read(of, back))).containsExactly("e16", "e17");
        assertThat(new FeedProbe(of, room, owner).open().calls.getFirst()).isEqualTo("opened 16..25");
    }

    @Test
    void trimsByBytes() {
        trimmed(new Retention(Long.MAX_VALUE, Long.MAX_VALUE, 30), 40, 31);
    }

    @Test
    void keepsTheNewestHoweverLarge() {
        trimmed(new Retention(Long.MAX_VALUE, Long.MAX_VALUE, 1), 5, 5);
    }

    @Test
    void trimsByAgeAndKeepsCounting() {
        RoomLog of = keeping(new Retention(60_000, Long.MAX_VALUE, Long.MAX_VALUE));
        FeedProbe feed = new FeedProbe(of, room, owner).open();
        feed.append("e1");
        feed.awaitAnswers();
        clock.advanceMillis(60_000);
        awaitOldest(of, 2);
        feed.append(FeedProbe.draft("ann", null, "e2", clock.millis()), Feed.ANY);
        feed.awaitAnswers();
        assertThat(feed.entries).extracting(Entry::offset).containsExactly(1L, 2L);
        feed.close();
        clock.advanceMillis(60_000);
        awaitOldest(of, 3);
    }

    @Test
    void knowsAMessageIdForADayEvenWhereItsEntryWentEarlier() {
        RoomLog of = keeping(new Retention(Long.MAX_VALUE, 1, Long.MAX_VALUE));
        FeedProbe feed = new FeedProbe(of, room, owner).open();
        feed.append("x", "ann", "m1");
        feed.append("y", "ann", "m2");
        feed.awaitAnswers();
        awaitOldest(of, 2);
        clock.advanceMillis(TimeUnit.HOURS.toMillis(24) - 1);
        trim(of);
        feed.append("x", "ann", "m1");
        feed.awaitAnswers();
        assertThat(feed.calls).contains("duplicate 1");
        clock.advanceMillis(1);
        owner.runUntil("the id is forgotten", () -> {
            trim(of);
            feed.append("x", "ann", "m1");
            feed.awaitAnswers();
            return feed.answers.getLast() instanceof Appended.Stored stored && !stored.duplicate();
        });
        feed.append("y", "ann", "m2");
        feed.awaitAnswers();
        assertThat(feed.entries).extracting(Entry::offset).startsWith(1L, 2L, 3L);
    }

    @Test
    void givesUpWhatIsAskedForAndKeepsTheNewest() {
        RoomLog of = keeping(Retention.UNTIL_TRIMMED);
        FeedProbe feed = new FeedProbe(of, room, owner).open();
        for (int i = 1; i <= 600; i++) {
            feed.append("e" + i);
        }
        feed.awaitAnswers();
        trim(of);
        of.trim(room, 550);
        awaitOldest(of, 551);
        ReadRequest behind = new ReadRequest(room, null, Direction.AFTER, 10, ENTRIES_ALL, BYTES_ALL);
        assertThat(read(of, behind)).isInstanceOf(LogRead.Truncated.class);
        of.trim(room, 540);
        of.trim(room, 10_000);
        awaitOldest(of, 600);
        feed.append("more");
        feed.awaitAnswers();
        ReadRequest newest = new ReadRequest(room, null, Direction.AFTER, 599, ENTRIES_ALL, BYTES_ALL);
        assertThat(texts(read(of, newest))).containsExactly("e600", "more");
    }

    @Test
    void givesUpAllThatThereIsAndKeepsCounting() {
        RoomLog of = keeping(Retention.UNTIL_TRIMMED);
        FeedProbe feed = new FeedProbe(of, room, owner).open();
        for (int i = 1; i <= 600; i++) {
            feed.append("e" + i);
        }
        feed.awaitAnswers();
        of.trim(room, RoomLog.ALL);
        awaitOldest(of, 601);
        ReadRequest last = new ReadRequest(room, null, Direction.BEFORE, Long.MAX_VALUE, ENTRIES_ALL, BYTES_ALL);
        assertThat(texts(read(of, last))).isEmpty();
        feed.append("more");
        feed.awaitAnswers();
        trim(of);
        ReadRequest newest = new ReadRequest(room, null, Direction.AFTER, 600, ENTRIES_ALL, BYTES_ALL);
        assertThat(texts(read(of, newest))).containsExactly("more");
    }

    @Test
    void keepsEachKindOfRoomsByItsOwnRetention() {
        Retention three = new Retention(Long.MAX_VALUE, 3, Long.MAX_VALUE);
        RoomLog of = create(clock, kind -> kind.equals(room.kind()) ? three : Retention.ALL);
        opened.add(of);
        RoomKey other = new RoomKey("doc", room.id());
        for (RoomKey key : List.of(other, room)) {
            FeedProbe feed = new FeedProbe(of, key, owner).open();
            for (int i = 1; i <= 10; i++) {
                feed.append("e" + i);
            }
            feed.awaitAnswers();
        }
        awaitOldest(of, 8);
        ReadRequest all = new ReadRequest(other, null, Direction.AFTER, 0, ENTRIES_ALL, BYTES_ALL);
        assertThat(texts(read(of, all))).hasSize(10);
    }

    private FeedProbe trimmed(Retention retention, int entries, long oldest) {
        RoomLog of = keeping(retention);
        FeedProbe feed = new FeedProbe(of, room, owner).open();
        for (int i = 1; i <= entries; i++) {
            feed.append("e" + i);
        }
        feed.awaitAnswers();
        awaitOldest(of, oldest);
        return feed;
    }

    /** Runs retention until the oldest offset is this one; it never goes further. */
    private void awaitOldest(RoomLog of, long oldest) {
        ReadRequest last = new ReadRequest(room, null, Direction.BEFORE, Long.MAX_VALUE, 1, 1);
        Await.until("the oldest offset is " + oldest, () -> {
            trim(of);
            long is = ((LogRead.Complete) read(of, last)).oldest();
            assertThat(is).isLessThanOrEqualTo(oldest);
            return is == oldest;
        });
    }

    /** 1, 2, … count. */
    protected static List<Long> upTo(long count) {
        return Stream.iterate(1L, offset -> offset <= count, offset -> offset + 1)
                .toList();
    }

    @Test
    void agreesWithAPlainModel() {
        new RoomLogModel(log(), owner, System.nanoTime()).run(10_000);
    }
}
