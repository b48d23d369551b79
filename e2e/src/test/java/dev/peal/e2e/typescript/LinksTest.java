package dev.peal.e2e.typescript;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.e2e.fault.Servers;
import dev.peal.testkit.fault.ServerProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The transports of the TypeScript library, below its client, agree with the server: client-js/test/live, run by Vitest. */
final class LinksTest {
    @TempDir
    private Path folder;

    @Test
    void theTransportsAgreeWithTheServer() throws IOException, InterruptedException {
        try (ServerProcess server =
                Servers.on(folder, "--limits.readsPerAddress=1000/1s").start()) {
            ProcessBuilder vitest = new ProcessBuilder("npm", "run", "--silent", "live")
                    .directory(Path.of("..", "client-js").toFile())
                    .redirectErrorStream(true);
            vitest.environment().put("PEAL_URL", "http://127.0.0.1:" + server.port());
            Process process = vitest.start();
            try (BufferedReader lines = process.inputReader()) {
                lines.lines().forEach(System.out::println);
            }
            assertThat(process.waitFor()).isZero();
        }
    }
}
