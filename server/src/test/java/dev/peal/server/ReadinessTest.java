package dev.peal.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.testkit.ManualClock;
import dev.peal.transport.http.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReadinessTest {
    private final ManualClock clock = new ManualClock();
    private final AtomicBoolean writable = new AtomicBoolean(true);
    private final AtomicBoolean draining = new AtomicBoolean();

    private String answer(Readiness readiness) {
        Response response = readiness.answer().toCompletableFuture().join();
        return response.status() + " " + new String(response.body(), StandardCharsets.UTF_8);
    }

    @Test
    void saysWhyItIsNotReady(@TempDir Path folder) {
        Readiness readiness = new Readiness(Optional.of(folder), writable::get, draining::get, clock);
        assertThat(answer(readiness)).isEqualTo("200 {\"status\":\"ready\"}");
        writable.set(false);
        assertThat(answer(readiness)).isEqualTo("503 {\"status\":\"not ready\",\"reason\":\"store_not_writable\"}");
        draining.set(true);
        assertThat(answer(readiness)).isEqualTo("503 {\"status\":\"not ready\",\"reason\":\"draining\"}");
    }

    /** A quiet server has no append that could fail. */
    @Test
    void aFolderThatCannotBeWrittenIsFoundWithoutAnAppend(@TempDir Path folder) throws IOException {
        Path data = Files.createDirectory(folder.resolve("data"));
        Readiness readiness = new Readiness(Optional.of(data), writable::get, draining::get, clock);
        assertThat(answer(readiness)).startsWith("200");
        Files.delete(data.resolve("ready.probe"));
        Files.delete(data);
        clock.advanceMillis(499);
        assertThat(answer(readiness)).as("still fresh").startsWith("200");
        clock.advanceMillis(1);
        assertThat(answer(readiness)).startsWith("503");
        Files.createDirectory(data);
        clock.advanceMillis(500);
        assertThat(answer(readiness)).as("healed").startsWith("200");
    }

    @Test
    void aServerInMemoryNeedsNoFolder() {
        assertThat(answer(new Readiness(Optional.empty(), writable::get, draining::get, clock)))
                .startsWith("200");
    }
}
