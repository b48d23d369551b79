package dev.peal.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import java.util.HashSet;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsTest {
    @TempDir
    Path folder;

    @Test
    void makesTwoThatDifferAndKeepsThem() throws IOException {
        var secrets = Secrets.in(folder);
        assertThat(secrets.users()).isNotEqualTo(secrets.guests());
        assertThat(secrets.users().bytes()).hasSize(32);
        assertThat(Secrets.in(folder)).isEqualTo(secrets);
    }

    @Test
    void onlyTheOwnerCanRead() throws IOException {
        var unused = Secrets.in(folder);
        for (String name : new String[] {"auth.secret", "guest.secret"}) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(name))))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void leavesNothingElseBehind() throws IOException {
        var unused = Secrets.in(folder);
        try (var files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("auth.secret", "guest.secret");
        }
    }

    @Test
    void whoComesAtOnceGetsTheSame() throws Exception {
        Callable<Secrets> opening = () -> Secrets.in(folder);
        var seen = new HashSet<Secrets>();
        try (var threads = Executors.newFixedThreadPool(8)) {
            for (var one : threads.invokeAll(Collections.nCopies(32, opening))) {
                seen.add(one.get());
            }
        }
        assertThat(seen).hasSize(1);
    }

    @Test
    void saysWhichFileHoldsNoneAndNotWhatItHolds() throws IOException {
        for (String bad : new String[] {"", "short", "canary not base64url!", "x".repeat(5000)}) {
            Files.writeString(folder.resolve("auth.secret"), bad);
            assertThatThrownBy(() -> Secrets.in(folder))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("auth.secret")
                    .hasMessageNotContaining("canary")
                    .hasNoCause();
        }
    }

    @Test
    void warnsIfOthersCanRead() throws IOException {
        var unused = Secrets.in(folder);
        Files.setPosixFilePermissions(folder.resolve("auth.secret"), PosixFilePermissions.fromString("rw-r--r--"));
        try (var log = new LogLines()) {
            var again = Secrets.in(folder);
            assertThat(log.lines())
                    .singleElement()
                    .asString()
                    .startsWith("WARN")
                    .contains("auth.secret", "chmod 600");
            assertThat(log.lines().toString())
                    .doesNotContain(Forge.encode(again.users().bytes()));
        }
    }

    @Test
    void aSecretHas32BytesAtLeast() {
        assertThat(Secret.ofText("é".repeat(16)).bytes())
                .isEqualTo("é".repeat(16).getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> Secret.ofText("canary" + "x".repeat(25)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("canary");
        assertThatThrownBy(() -> Secret.of(new byte[31])).isInstanceOf(IllegalArgumentException.class);
    }
}
