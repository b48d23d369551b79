package dev.peal.client.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.peal.client.json.Json;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileOutboxTest {
    private static final int CRASHES = Boolean.getBoolean("peal.nightly") ? 2_000 : 200;
    private static final Executor AT_ONCE = Runnable::run;

    @TempDir
    private Path folder;

    private static Outgoing message(String id) {
        return new Outgoing(
                id, "lobby", "message", Json.object().put("roomId", "lobby").put("message", "text of " + id));
    }

    private static void keep(Outbox outbox, String id) {
        CompletableFuture<Boolean> kept = new CompletableFuture<>();
        outbox.keep(message(id), kept::complete);
        assertThat(kept.join()).isTrue();
    }

    private static List<String> ids(List<Outgoing> messages) {
        return messages.stream().map(Outgoing::messageId).toList();
    }

    private static List<String> left(Path file) {
        try (FileOutbox outbox = new FileOutbox(file, AT_ONCE)) {
            return ids(outbox.open());
        }
    }

    @Test
    void whatIsNotDoneIsThereAgainInOrder() {
        Path file = folder.resolve("outbox");
        try (FileOutbox outbox = new FileOutbox(file, AT_ONCE)) {
            assertThat(outbox.open()).isEmpty();
            List.of("a", "b", "c", "d").forEach(id -> keep(outbox, id));
            outbox.done(message("b"));
        }
        try (FileOutbox outbox = new FileOutbox(file, AT_ONCE)) {
            assertThat(outbox.open()).containsExactly(message("a"), message("c"), message("d"));
            List.of("a", "c", "d").forEach(id -> outbox.done(message(id)));
        }
        assertThat(left(file)).isEmpty();
    }

    @Test
    void aSecondClientIsToldThatTheFileIsInUse() {
        Path file = folder.resolve("outbox");
        try (FileOutbox outbox = new FileOutbox(file, AT_ONCE);
                FileOutbox second = new FileOutbox(file, AT_ONCE)) {
            outbox.open();
            assertThatThrownBy(second::open)
                    .isInstanceOfSatisfying(
                            OutboxException.class, e -> assertThat(e.code()).isEqualTo("outbox_in_use"));
        }
        assertThat(left(file)).isEmpty();
    }

    @Test
    void aFileThatIsNoOutboxIsLeftAlone() throws IOException {
        Path file = folder.resolve("letter");
        Files.writeString(file, "Dear Ann, this is no outbox.");
        try (FileOutbox outbox = new FileOutbox(file, AT_ONCE)) {
            assertThatThrownBy(outbox::open)
                    .isInstanceOfSatisfying(
                            OutboxException.class, e -> assertThat(e.code()).isEqualTo("outbox_unusable"));
        }
        assertThat(file).hasContent("Dear Ann, this is no outbox.");
    }

    /** The file as it may be after a crash: cut anywhere, or with rubbish behind. What was whole before the damage is there, in order. */
    @Test
    void aTornTailIsCutOff() throws IOException {
        long seed = Long.getLong("peal.seed", System.nanoTime());
        System.out.println("torn outboxes: seed " + seed);
        Random random = new Random(seed);
        Path file = folder.resolve("outbox");
        List<Long> sizes = new ArrayList<>();
        try (FileOutbox outbox = new FileOutbox(file, AT_ONCE)) {
            outbox.open();
            for (int i = 0; i < 10; i++) {
                keep(outbox, "m" + i);
                sizes.add(Files.size(file));
            }
        }
        byte[] whole = Files.readAllBytes(file);
        for (int run = 0; run < CRASHES; run++) {
            int at = random.nextInt(whole.length + 1);
            byte[] torn = Arrays.copyOf(whole, at);
            boolean turned = random.nextBoolean() && at < whole.length && at >= sizes.get(0);
            if (turned) {
                torn = whole.clone();
                torn[at] ^= (byte) (1 << random.nextInt(8));
            }
            Path copy = folder.resolve("torn-" + run);
            Files.write(copy, torn);
            long intact = sizes.stream().filter(size -> size <= at).count();
            List<String> expected = new ArrayList<>();
            for (int i = 0; i < intact; i++) {
                expected.add("m" + i);
            }
            assertThat(left(copy)).as("run %d, byte %d", run, at).isEqualTo(expected);
            try (FileOutbox outbox = new FileOutbox(copy, AT_ONCE)) {
                outbox.open();
                keep(outbox, "next");
            }
            expected.add("next");
            assertThat(left(copy)).isEqualTo(expected);
        }
    }

    @Test
    void aLongFileIsWrittenAnew() throws IOException {
        Path file = folder.resolve("outbox");
        String text = "x".repeat(1_000);
        try (FileOutbox outbox = new FileOutbox(file, AT_ONCE)) {
            outbox.open();
            keep(outbox, "stays");
            CompletableFuture<Boolean> last = new CompletableFuture<>();
            for (int i = 0; i < 5_000; i++) {
                Outgoing one =
                        new Outgoing("m" + i, "lobby", "message", Json.object().put("message", text));
                outbox.keep(one, i == 4_999 ? last::complete : kept -> {});
                outbox.done(one);
            }
            assertThat(last.join()).isTrue();
        }
        assertThat(Files.size(file)).isLessThan(3_000_000);
        assertThat(left(file)).containsExactly("stays");
    }

    /** SIGKILL between any two messages: whatever was confirmed is there. */
    @Test
    void whatWasConfirmedSurvivesAKill() throws Exception {
        Path file = folder.resolve("outbox");
        for (int run = 0; run < 3; run++) {
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            Writer.class.getName(),
                            file.toString(),
                            "run" + run)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            List<String> confirmed = new ArrayList<>();
            try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
                for (String line = out.readLine(); line != null; line = out.readLine()) {
                    confirmed.add(line);
                    if (confirmed.size() == 50) {
                        process.toHandle().destroyForcibly();
                    }
                }
            }
            process.waitFor();
            assertThat(confirmed).hasSizeGreaterThanOrEqualTo(50);
            assertThat(left(file)).containsAll(confirmed);
        }
    }

    /** Keeps messages for ever and says which are confirmed. */
    static final class Writer {
        private Writer() {}

        public static void main(String[] arguments) {
            FileOutbox outbox = new FileOutbox(new File(arguments[0]).toPath(), AT_ONCE);
            outbox.open();
            for (int i = 0; ; i++) {
                String id = arguments[1] + "-" + i;
                keep(outbox, id);
                System.out.println(id);
            }
        }
    }
}
