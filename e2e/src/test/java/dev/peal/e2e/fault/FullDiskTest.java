package dev.peal.e2e.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.testkit.Await;
import dev.peal.testkit.fault.Fleet;
import dev.peal.testkit.fault.RoomReading;
import dev.peal.testkit.fault.ServerProcess;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** PROMISES 41, 80: the disk fills up under load. The server says so, reads go on, and once there is space it writes again. */
final class FullDiskTest {
    private static final String DISK_BYTES = "16m";
    private static final Duration UNREADY_MAX = Duration.ofSeconds(2);
    private static final Duration READY_MAX = Duration.ofSeconds(5);

    /** Is taken away also when this JVM is told to end. */
    private static final class SmallDisk implements AutoCloseable {
        private final Path folder;
        private final Thread onExit = new Thread(this::unmount);

        private SmallDisk(Path folder) {
            this.folder = folder;
            Runtime.getRuntime().addShutdownHook(onExit);
        }

        private Path filler() {
            return folder.resolve("filler");
        }

        private void unmount() {
            try {
                run("umount", "--lazy", folder.toString());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() {
            unmount();
            Runtime.getRuntime().removeShutdownHook(onExit);
        }
    }

    @Test
    void aFullDiskIsSaidAndHeals(@TempDir Path folder) throws IOException {
        long seed = Servers.seed("full disk");
        Path data = Files.createDirectories(Servers.data(folder));
        boolean mounted = run("mount", "-t", "tmpfs", "-o", "size=" + DISK_BYTES, "peal-full-disk", data.toString());
        if (!mounted) {
            System.out.println("full disk: not run: needs root, to mount a small disk");
        }
        Assumptions.assumeTrue(mounted);
        try (SmallDisk disk = new SmallDisk(data);
                ServerProcess server = Servers.on(folder).start();
                Fleet fleet = Fleet.launch(Fleet.Shape.of("full", 8, 4).withCopies(2), seed, server.port())) {
            fleet.publishing(16);
            fleet.awaitAcked(1_000);
            Path filler = disk.filler();
            fill(filler);
            long full = System.nanoTime();
            Await.until("it says that it cannot write", () -> !server.ready());
            Duration unready = since(full);
            assertThat(server.alive()).isTrue();
            assertThat(RoomReading.of(server.port(), Optional.empty(), "full-0").newest())
                    .as("readers go on")
                    .isPositive();

            Files.delete(filler);
            long freed = System.nanoTime();
            Await.until("it says that it can write", server::ready);
            Duration ready = since(freed);
            fleet.awaitAcked(1_000);
            // Only what is really on the disk survives this.
            server.kill();
            server.start();
            assertThat(fleet.anomalies(server.port())).isEmpty();
            System.out.printf(
                    "full disk: unready after %d ms, ready again after %d ms, %d acknowledged, none lost%n",
                    unready.toMillis(), ready.toMillis(), fleet.acked());
            if (Servers.NIGHTLY) {
                assertThat(unready).isLessThanOrEqualTo(UNREADY_MAX);
                assertThat(ready).isLessThanOrEqualTo(READY_MAX);
            }
        }
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }

    private static void fill(Path filler) throws IOException {
        byte[] piece = new byte[4_096];
        try (OutputStream out = Files.newOutputStream(filler)) {
            while (true) {
                out.write(piece);
            }
        } catch (IOException e) {
            // full, as it should be
        }
    }

    private static boolean run(String... command) throws IOException {
        try {
            return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() == 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
