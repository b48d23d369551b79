package dev.peal.engine.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.log.Appended;
import dev.peal.log.Entry;
import dev.peal.log.LogRead;
import dev.peal.log.RoomKey;
import dev.peal.testkit.FeedProbe;
import dev.peal.testkit.ManualClock;
import dev.peal.testkit.ManualOwner;
import dev.peal.time.Clock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One bit turned, anywhere in the database or in the WAL that a killed process left: every entry that is read is right, or the log says that it cannot be read
 * or that the history is another one. And it goes on: what it acknowledges afterwards is there.
 */
final class BitFlipTest {
    private static final int PLACES = Boolean.getBoolean("peal.nightly") ? 1_000 : 100;
    private static final int ROOMS = 40;
    private static final int ENTRIES = 300;

    /** What a room's row has behind its name: an epoch, four numbers. */
    private static final int ROW_BYTES = 30;

    @TempDir
    Path folder;

    private final ManualOwner owner = new ManualOwner(new ManualClock());
    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);
    private final Map<RoomKey, String> epochs = new HashMap<>();

    private enum Outcome {
        SAME,
        TOLD
    }

    /** A database, and what lies beside it. */
    private record Left(byte[] database, byte[] wal) {}

    @Test
    void inTheDatabaseIsFoundOrHarmless() throws IOException {
        Left sound = written(true);
        int told = 0;
        for (int i = 0; i < PLACES; i++) {
            int bit = random.nextInt(sound.database.length * 8);
            told += after(new Left(flipped(sound.database, bit), sound.wal), "bit " + bit) == Outcome.TOLD ? 1 : 0;
        }
        System.out.println("bit flips in the database: " + PLACES + ", told " + told + ", seed " + seed);
        assertThat(told).as("most of the file is entries").isGreaterThan(PLACES / 4);
    }

    /**
     * In each place where a room's name is written, and in what its row says behind it: the row and two trees. The room must be found all the same, as it is, or
     * be said to be damaged.
     */
    @Test
    void inTheNameAndTheRowOfARoomIsFoundOrHarmless() throws IOException {
        Left sound = written(true);
        int told = 0;
        for (int i = 0; i < PLACES; i++) {
            RoomKey room = room(random.nextInt(ROOMS));
            List<Integer> places = placesOf(sound.database, room.id());
            assertThat(places).as("the table and two trees of names").hasSizeGreaterThanOrEqualTo(3);
            int at = places.get(i % places.size()) + random.nextInt(room.id().length() + ROW_BYTES);
            int bit = Math.min(at, sound.database.length - 1) * 8 + random.nextInt(8);
            Left damaged = new Left(flipped(sound.database, bit), sound.wal);
            told += after(damaged, "bit " + bit + " in the name of " + room, List.of(room)) == Outcome.TOLD ? 1 : 0;
        }
        System.out.println("bit flips in names of rooms: " + PLACES + ", told " + told + ", seed " + seed);
        assertThat(told).as("those in what a row says").isPositive();
    }

    @Test
    void inTheWalIsFoundOrHarmless() throws IOException {
        Left sound = written(false);
        assertThat(after(sound, "as it was left")).isEqualTo(Outcome.SAME);
        int told = 0;
        for (int i = 0; i < PLACES; i++) {
            int bit = random.nextInt(sound.wal.length * 8);
            told += after(new Left(sound.database, flipped(sound.wal, bit)), "WAL bit " + bit) == Outcome.TOLD ? 1 : 0;
        }
        for (int i = 0; i < PLACES / 4; i++) {
            // The last commit, the last room's: nothing behind it says that it was whole once.
            int bit = (sound.wal.length - 1 - random.nextInt(Connections.PAGE_BYTES)) * 8 + random.nextInt(8);
            Left damaged = new Left(sound.database, flipped(sound.wal, bit));
            after(damaged, "bit " + bit + " of the WAL's last frame", List.of(room(ROOMS - 1)));
        }
        for (int bit = 0; bit < 32 * 8; bit++) {
            after(new Left(sound.database, flipped(sound.wal, bit)), "WAL header bit " + bit);
        }
        System.out.println("bit flips in the WAL: " + PLACES + ", told " + told + ", seed " + seed);
        assertThat(told).isGreaterThan(PLACES / 2);
    }

    @Test
    void isFoundInEachByteOfAnEntry() {
        EntryCodec codec = new EntryCodec();
        long id = RowIds.of(3, 7);
        byte[] body = codec.encode(id, FeedProbe.draft("ann", "m1", "text"), 99);
        Entry entry = codec.decode(id, body);
        assertThat(entry).isNotNull();
        for (int bit = 0; bit < body.length * 8; bit++) {
            assertThat(codec.decode(id, flipped(body, bit))).isNull();
        }
        assertThat(codec.decode(id + 1, body)).as("in another row's place").isNull();
        assertThat(codec.decode(id, Arrays.copyOf(body, body.length - 1))).isNull();
        assertThat(codec.decode(id, new byte[0])).isNull();
    }

    private static byte[] flipped(byte[] sound, int bit) {
        byte[] damaged = sound.clone();
        damaged[bit / 8] ^= (byte) (1 << bit % 8);
        return damaged;
    }

    private static List<Integer> placesOf(byte[] database, String text) {
        List<Integer> places = new ArrayList<>();
        byte[] sought = text.getBytes(StandardCharsets.US_ASCII);
        for (int at = 0; at <= database.length - sought.length; at++) {
            if (Arrays.equals(database, at, at + sought.length, sought, 0, sought.length)) {
                places.add(at);
            }
        }
        return places;
    }

    private static RoomKey room(int number) {
        return new RoomKey("chat", "%s-%02d".formatted("y".repeat(60), number));
    }

    private static String text(long offset) {
        return offset + " " + "x".repeat(200);
    }

    /** A log of one long room and many short ones, as it lies there after an orderly stop or after a kill. */
    private Left written(boolean closed) throws IOException {
        Path file = folder.resolve("sound.db");
        Machine.delete(file);
        Path wal = folder.resolve("sound.db-wal");
        Left left;
        try (SqliteLog log = new SqliteLog(SqliteConfig.of(file), Clock.SYSTEM)) {
            for (int i = 0; i < ROOMS; i++) {
                FeedProbe feed = new FeedProbe(log, room(i), owner).open();
                epochs.put(room(i), feed.epoch());
                for (int entry = 1; entry <= (i == 0 ? ENTRIES : 3); entry++) {
                    feed.append(text(entry));
                    if (entry % 10 == 0) {
                        feed.awaitAnswers();
                    }
                }
                feed.awaitAnswers();
            }
            left = new Left(Files.readAllBytes(file), Files.readAllBytes(wal));
        }
        return closed ? new Left(Files.readAllBytes(file), new byte[0]) : left;
    }

    private Outcome after(Left files, String what) throws IOException {
        return after(files, what, List.of(room(0), room(1 + random.nextInt(ROOMS - 1))));
    }

    private Outcome after(Left files, String what, List<RoomKey> rooms) throws IOException {
        Path file = folder.resolve("damaged.db");
        Machine.delete(file);
        Files.write(file, files.database);
        if (files.wal.length > 0) {
            Files.write(folder.resolve("damaged.db-wal"), files.wal);
        }
        Outcome outcome = Outcome.SAME;
        try (SqliteLog log = new SqliteLog(SqliteConfig.of(file), Clock.SYSTEM)) {
            for (RoomKey room : rooms) {
                if (read(log, room, what) == Outcome.TOLD || append(log, room, what) == Outcome.TOLD) {
                    outcome = Outcome.TOLD;
                }
            }
        } catch (SqliteLogException e) {
            assertThat(e.getMessage()).doesNotContain("\n");
            return Outcome.TOLD;
        }
        return outcome;
    }

    /** Fails where a wrong entry comes out, or fewer than there were under the same epoch. */
    private Outcome read(SqliteLog log, RoomKey room, String what) {
        if (!(Reads.whole(log, room, owner) instanceof LogRead.Complete read)) {
            return Outcome.TOLD;
        }
        for (Entry entry : read.entries()) {
            assertThat(FeedProbe.text(entry)).as(what).isEqualTo(text(entry.offset()));
        }
        if (!read.epoch().equals(epochs.get(room))) {
            return Outcome.TOLD;
        }
        assertThat(read.entries()).as("entries after a turned " + what).hasSize(room.equals(room(0)) ? ENTRIES : 3);
        return Outcome.SAME;
    }

    /** The log goes on, or says that it does not: no append stays without an answer, and none gets an offset that was given out. */
    private Outcome append(SqliteLog log, RoomKey room, String what) {
        FeedProbe feed = new FeedProbe(log, room, owner);
        owner.runUntil("an open room after a turned " + what, () -> feed.hasFailed() || !feed.calls.isEmpty());
        if (feed.hasFailed()) {
            return Outcome.TOLD;
        }
        feed.append("after");
        feed.awaitAnswers();
        if (!(feed.answers.getFirst() instanceof Appended.Stored stored)) {
            return Outcome.TOLD;
        }
        if (stored.epoch().equals(epochs.get(room))) {
            assertThat(stored.offset()).as(what).isEqualTo(room.equals(room(0)) ? ENTRIES + 1 : 4);
        }
        return Outcome.SAME;
    }
}
