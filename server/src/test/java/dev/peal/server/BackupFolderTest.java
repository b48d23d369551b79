package dev.peal.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.peal.time.Clock;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

final class BackupFolderTest {
    @TempDir
    Path folder;

    private Path data() {
        return folder.resolve("data");
    }

    private Path backup() {
        return folder.resolve("backup");
    }

    private static PealServer serve(Path data) {
        return PealServer.builder()
                .set("server.port", "0")
                .set("server.data", data.toString())
                .set("auth.mode", "open")
                .start();
    }

    private static WsClient connect(PealServer server) {
        WsClient client = WsClient.connect(URI.create("ws://localhost:" + server.port() + "/chat"));
        client.send("{\"type\":\"authenticate\",\"data\":{\"userId\":\"ann\"}}");
        return client;
    }

    private static String say(WsClient client, String text) {
        client.send("{\"type\":\"message\",\"id\":\"m\",\"data\":{\"roomId\":\"k\",\"message\":\"" + text + "\"}}");
        return client.await("ack").path("data").path("epoch").asString();
    }

    private static Progress silent() {
        return new Progress(new PrintStream(PrintStream.nullOutputStream()), Clock.SYSTEM);
    }

    @Test
    void anotherProcessBacksUpARunningServerAndItsRestorationIsAnotherHistory()
            throws IOException, InterruptedException {
        String epoch;
        try (PealServer server = serve(data());
                WsClient client = connect(server)) {
            client.send("{\"type\":\"join_room\",\"data\":{\"roomId\":\"k\"}}");
            epoch = say(client, "before the backup");
            try (JavaProcess process =
                    JavaProcess.start(Main.class, "backup", "--to=" + backup(), "--data=" + data())) {
                assertThat(process.untilEnd()).contains("Backed up ");
                assertThat(process.exitCode()).isZero();
            }
            say(client, "after the backup");
        }
        Path elsewhere = folder.resolve("elsewhere");
        BackupFolder.restore(backup(), elsewhere, false, silent());
        try (PealServer server = serve(elsewhere);
                WsClient client = connect(server)) {
            client.send("{\"type\":\"join_room\",\"id\":\"j\",\"data\":{\"roomId\":\"k\",\"since\":{\"epoch\":\""
                    + epoch + "\",\"offset\":2}}}");
            JsonNode joined = client.await("joined").path("data");
            assertThat(joined.path("recovered").asBoolean(true)).isFalse();
            assertThat(joined.path("reason").asString()).isEqualTo("epoch_changed");
            assertThat(joined.path("offset").asLong()).isEqualTo(1);
            client.send("{\"type\":\"search\",\"id\":\"s\",\"data\":{\"roomId\":\"k\",\"query\":\"backup\"}}");
            JsonNode results = client.await("search_results").path("data").path("results");
            assertThat(results.size()).isEqualTo(1);
            assertThat(results.get(0).path("data").path("message").asString()).isEqualTo("before the backup");
        }
        for (String secret : List.of("auth.secret", "guest.secret")) {
            if (Files.exists(data().resolve(secret))) {
                assertThat(elsewhere.resolve(secret)).hasSameBinaryContentAs(data().resolve(secret));
            }
        }
    }

    @Test
    void isForItsOwnerAlone() throws IOException {
        serve(data()).close();
        Files.writeString(data().resolve("auth.secret"), "x".repeat(43));
        BackupFolder.make(data(), backup(), silent());
        Path elsewhere = folder.resolve("elsewhere");
        BackupFolder.restore(backup(), elsewhere, false, silent());
        for (Path path : List.of(backup(), elsewhere)) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                    .isEqualTo("rwx------");
            for (String file : List.of(Logs.FILE, "auth.secret")) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path.resolve(file))))
                        .as(file)
                        .isEqualTo("rw-------");
            }
        }
        assertThat(backup().toFile().list()).doesNotContain("peal.lock", Logs.SEARCH_FILE, "rooms.db-wal");
    }

    @Test
    void refusesAFolderInUseOrNotEmpty() {
        serve(data()).close();
        BackupFolder.make(data(), backup(), silent());
        assertThatThrownBy(() -> BackupFolder.make(data(), backup(), silent())).hasMessageContaining("is not empty");
        assertThatThrownBy(() -> BackupFolder.restore(backup(), data(), false, silent()))
                .hasMessageContaining("--replace");
        try (PealServer server = serve(data())) {
            assertThat(server.port()).isPositive();
            assertThatThrownBy(() -> BackupFolder.restore(backup(), data(), true, silent()))
                    .hasMessageContaining("is in use by another server");
        }
        BackupFolder.restore(backup(), data(), true, silent());
        serve(data()).close();
    }

    @Test
    void touchesNothingWhereTheBackupIsNotSound() throws IOException {
        serve(data()).close();
        BackupFolder.make(data(), backup(), silent());
        byte[] before = Files.readAllBytes(data().resolve(Logs.FILE));
        Files.write(backup().resolve(Logs.FILE), new byte[20_000]);
        assertThatThrownBy(() -> BackupFolder.restore(backup(), data(), true, silent()))
                .isInstanceOf(StartException.class);
        assertThat(data().resolve(Logs.FILE)).hasBinaryContent(before);
        assertThat(data().resolve(Logs.FILE + ".restoring")).doesNotExist();
    }

    @Test
    void leavesAFolderAloneWhoseServerDidNotEndInOrder() throws IOException {
        serve(data()).close();
        Files.write(data().resolve(Logs.FILE + "-wal"), new byte[100]);
        assertThatThrownBy(() -> BackupFolder.make(data(), backup(), silent()))
                .hasMessageContaining("did not end in order");
        assertThat(backup()).doesNotExist();
    }

    @Test
    void saysWhereNothingIsToBeCopied() {
        assertThatThrownBy(() -> BackupFolder.make(data(), backup(), silent())).hasMessageContaining("holds no log");
        assertThatThrownBy(() -> BackupFolder.restore(backup(), data(), false, silent()))
                .hasMessageContaining("holds no backup");
    }
}
