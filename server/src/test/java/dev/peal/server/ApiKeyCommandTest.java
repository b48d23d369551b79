package dev.peal.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code peal api-key} as processes of its own. */
final class ApiKeyCommandTest {
    private static String run(int exitCode, String... line) throws IOException, InterruptedException {
        try (JavaProcess process = JavaProcess.start(Main.class, line)) {
            String output = process.untilEnd();
            assertThat(process.exitCode()).as(output).isEqualTo(exitCode);
            return output;
        }
    }

    @Test
    void aKeyIsPrintedOnceKeptHashedListedAndRevoked(@TempDir Path folder) throws IOException, InterruptedException {
        String data = folder.resolve("data").toString();
        String key = run(0, "api-key", "create", "--scope", "publish,read", "--name", "billing", "--data", data)
                .strip();
        assertThat(key).matches("pk_[a-z0-9]{12}_[\\w-]{43}");
        String id = key.substring(3, 15);
        assertThat(Files.readString(folder.resolve("data/api-keys.json")))
                .contains(id)
                .doesNotContain(key.substring(16));
        assertThat(run(0, "api-key", "list", "--data", data))
                .matches(id + "  \\S+Z  publish,read +billing\\R")
                .doesNotContain(key.substring(16));
        assertThat(run(0, "api-key", "revoke", id, "--data", data)).isEqualTo("peal: revoked " + id + "\n");
        assertThat(run(0, "api-key", "list", "--data", data)).contains("there is no API key");
        assertThat(run(Main.EXIT_FAILED, "api-key", "revoke", id, "--data", data))
                .contains("there is no API key " + id);
    }

    @Test
    void aWrongLineIsOneLine(@TempDir Path folder) throws IOException, InterruptedException {
        String data = folder.resolve("data").toString();
        for (String[] line : new String[][] {
            {"api-key"},
            {"api-key", "create", "--data", data},
            {"api-key", "create", "--scope", "everything", "--data", data},
            {"api-key", "create", "--scope", "read", "--name", "x".repeat(65), "--data", data},
            {"api-key", "revoke", "--data", data}
        }) {
            assertThat(run(Main.EXIT_USAGE, line)).as(String.join(" ", line)).matches("peal: [^\\n]+\\n");
        }
    }
}
