package dev.peal.engine.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.log.Entry;
import dev.peal.log.LogRead;
import dev.peal.log.ReadRequest;
import dev.peal.log.RoomKey;
import dev.peal.testkit.Await;
import dev.peal.testkit.FeedProbe;
import dev.peal.testkit.ManualClock;
import dev.peal.testkit.ManualOwner;
import dev.peal.time.Clock;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that appends is killed with SIGKILL at a random moment, again and again on one database. What it had reported as acknowledged before it died
 * must be there: at its offset, once, in order.
 */
final class KillTest {
    private static final int CYCLES = Boolean.getBoolean("peal.nightly") ? 200 : 5;
    private static final int ACKNOWLEDGED_MIN = 500;

    @TempDir
    Path folder;

    private final ManualOwner owner = new ManualOwner(new ManualClock());
    private final Map<String, Long> acknowledged = new HashMap<>();

    @Test
    void losesNothingThatWasAcknowledged() throws IOException, InterruptedException {
        long seed = System.nanoTime();
        System.out.println("kill cycles: " + CYCLES + ", seed " + seed);
        Random random = new Random(seed);
        Path file = folder.resolve("log.db");
        for (int cycle = 0; cycle < CYCLES; cycle++) {
            killOne(file, "c" + cycle, ACKNOWLEDGED_MIN + random.nextInt(5_000));
            check(file);
        }
        System.out.println("kill cycles: " + acknowledged.size() + " acknowledged, none lost");
    }

    /** Lets a child append until so many are acknowledged, kills it amid its work, and takes down what it still had reported. */
    private void killOne(Path file, String name, int count) throws IOException, InterruptedException {
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KillChild.class.getName(),
                        file.toString(),
                        name)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
            int seen = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (note(line) && ++seen == count) {
                    // Through the handle: Process.destroyForcibly would also close the pipe, which still holds
                    // acknowledgements.
                    child.toHandle().destroyForcibly();
                }
            }
            assertThat(seen).as("acknowledged before the kill").isGreaterThanOrEqualTo(count);
        } finally {
            child.destroyForcibly();
            assertThat(child.waitFor(Await.DEADLINE.toSeconds(), TimeUnit.SECONDS))
                    .isTrue();
        }
    }

    /** A line is {@code <room> <offset> <text> .}; the last one may be cut. */
    private boolean note(String line) {
        String[] words = line.split(" ", -1);
        if (words.length != 4 || !words[3].equals(".")) {
            return false;
        }
        Long before = acknowledged.put(words[0] + " " + words[2], Long.parseLong(words[1]));
        assertThat(before).as("acknowledged twice: " + line).isNull();
        return true;
    }

    private void check(Path file) {
        Map<String, Long> stored = new HashMap<>();
        try (SqliteLog log = new SqliteLog(SqliteConfig.of(file), Clock.SYSTEM)) {
            for (RoomKey room : KillChild.ROOMS) {
                readAll(log, room, stored);
            }
        }
        assertThat(stored).as("acknowledged entries").containsAllEntriesOf(acknowledged);
    }

    private void readAll(SqliteLog log, RoomKey room, Map<String, Long> stored) {
        List<LogRead> answer = new ArrayList<>();
        log.read(
                new ReadRequest(room, null, ReadRequest.Direction.AFTER, 0, Integer.MAX_VALUE, Integer.MAX_VALUE),
                owner,
                answer::add);
        owner.runUntil("a read's answer", () -> !answer.isEmpty());
        LogRead.Complete read = (LogRead.Complete) answer.getFirst();
        Map<String, Integer> last = new HashMap<>();
        Set<String> texts = new HashSet<>();
        long offset = 0;
        for (Entry entry : read.entries()) {
            String text = FeedProbe.text(entry);
            assertThat(entry.offset()).isEqualTo(++offset);
            assertThat(texts.add(text)).as("stored twice: " + text).isTrue();
            int number = Integer.parseInt(text.substring(text.indexOf('-') + 1));
            Integer previous = last.put(text.substring(0, text.indexOf('-')), number);
            assertThat(previous == null || previous < number)
                    .as("in order: " + text)
                    .isTrue();
            stored.put(room.id() + " " + text, entry.offset());
        }
    }
}
