package dev.peal.engine.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.log.Entry;
import dev.peal.log.LogRead;
import dev.peal.log.ReadRequest;
import dev.peal.log.RoomKey;
import dev.peal.testkit.FeedProbe;
import dev.peal.testkit.ManualClock;
import dev.peal.testkit.ManualOwner;
import dev.peal.time.Clock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One bit of the database turned, anywhere: every entry that is read is right, or the read says that it failed. */
final class BitFlipTest {
    private static final int PLACES = Boolean.getBoolean("peal.nightly") ? 1_000 : 100;
    private static final int ENTRIES = 300;

    @TempDir
    Path folder;

    private final ManualOwner owner = new ManualOwner(new ManualClock());
    private final RoomKey room = new RoomKey("chat", "lobby");

    @Test
    void isFoundOrHarmless() throws IOException {
        long seed = System.nanoTime();
        System.out.println("bit flips: " + PLACES + ", seed " + seed);
        Random random = new Random(seed);
        byte[] sound = Files.readAllBytes(written());
        int found = 0;
        for (int i = 0; i < PLACES; i++) {
            byte[] damaged = sound.clone();
            damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            Path file = folder.resolve("damaged-" + i + ".db");
            Files.write(file, damaged);
            found += staysHonest(file) ? 0 : 1;
            Files.deleteIfExists(file);
        }
        assertThat(found).as("most of the file is entries").isGreaterThan(PLACES / 4);
    }

    @Test
    void isFoundInEachByteOfAnEntry() {
        EntryCodec codec = new EntryCodec();
        long id = RowIds.of(3, 7);
        byte[] body = codec.encode(id, FeedProbe.draft("ann", "m1", "text"), 99);
        Entry entry = codec.decode(id, body);
        assertThat(entry).isNotNull();
        for (int bit = 0; bit < body.length * 8; bit++) {
            byte[] damaged = body.clone();
            damaged[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(codec.decode(id, damaged)).isNull();
        }
        assertThat(codec.decode(id + 1, body)).as("in another row's place").isNull();
        assertThat(codec.decode(id, Arrays.copyOf(body, body.length - 1))).isNull();
        assertThat(codec.decode(id, new byte[0])).isNull();
    }

    private Path written() {
        Path file = folder.resolve("sound.db");
        try (SqliteLog log = new SqliteLog(SqliteConfig.of(file), Clock.SYSTEM)) {
            FeedProbe feed = new FeedProbe(log, room, owner).open();
            for (int i = 1; i <= ENTRIES; i++) {
                feed.append(text(i));
            }
            feed.awaitAnswers();
        }
        return file;
    }

    private static String text(long offset) {
        return offset + " " + "x".repeat(200);
    }

    /** True where every entry was read, and right; false where the damage was told; fails where a wrong entry came out. */
    private boolean staysHonest(Path file) {
        try (SqliteLog log = new SqliteLog(SqliteConfig.of(file), Clock.SYSTEM)) {
            List<LogRead> answer = new ArrayList<>();
            log.read(
                    new ReadRequest(room, null, ReadRequest.Direction.AFTER, 0, 1_000, Integer.MAX_VALUE),
                    owner,
                    answer::add);
            owner.runUntil("a read's answer", () -> !answer.isEmpty());
            if (!(answer.getFirst() instanceof LogRead.Complete read)) {
                return false;
            }
            for (Entry entry : read.entries()) {
                assertThat(FeedProbe.text(entry)).isEqualTo(text(entry.offset()));
            }
            // A bit in the room's own name makes it another room; anything else that hides entries is a silent loss.
            assertThat(read.entries().size()).isIn(0, ENTRIES);
            return read.entries().size() == ENTRIES;
        } catch (SqliteLogException e) {
            return false;
        }
    }
}
