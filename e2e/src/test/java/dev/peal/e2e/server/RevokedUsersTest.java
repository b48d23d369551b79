package dev.peal.e2e.server;

import static dev.peal.e2e.server.RunningServer.TEXT_FRAME;
import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.auth.ApiKey;
import dev.peal.auth.ApiKeyFile;
import dev.peal.auth.ApiScope;
import dev.peal.e2e.websocket.WireClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** PROMISES 30: a banned user's connections are cut, all of them, and nobody else's. 100 connections here, 1,000 nightly; only nightly is time asserted. */
class RevokedUsersTest {
    private static final boolean NIGHTLY = Boolean.getBoolean("peal.nightly");
    private static final int CONNECTIONS = NIGHTLY ? 1_000 : 100;
    private static final long BAN_MILLIS = 1_000;

    @Test
    void everyConnectionOfARevokedUserIsCutAndNobodyElses(@TempDir Path folder) throws Exception {
        Path data = folder.resolve("data");
        String ann = SecretsTest.mint(folder, data, "ann");
        String bob = SecretsTest.mint(folder, data, "bob");
        ApiKey.Made key = ApiKey.make("test", Set.of(ApiScope.ADMIN), 0);
        ApiKeyFile.in(data).change(keys -> List.of(key.key()));
        try (RunningServer server = RunningServer.withTokens(data)) {
            List<WireClient> banned = new ArrayList<>();
            for (int i = 0; i < CONNECTIONS; i++) {
                banned.add(signedIn(server, ann));
            }
            WireClient other = signedIn(server, bob);
            long began = System.nanoTime();
            assertThat(revoke(server, key.text(), "ann")).isEqualTo(200);
            for (WireClient client : banned) {
                assertThat(closeCode(client)).isEqualTo(1008);
                client.close();
            }
            long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
            System.out.println(CONNECTIONS + " connections of a revoked user were cut within " + millis + " ms");
            if (NIGHTLY) {
                assertThat(millis).isLessThanOrEqualTo(BAN_MILLIS);
            }
            other.send(TEXT_FRAME, "{\"type\":\"ping\"}");
            RunningServer.nextOf(other, "pong");
            other.close();
            WireClient again = server.connect();
            again.send(TEXT_FRAME, "{\"type\":\"authenticate\",\"data\":{\"token\":\"" + ann + "\"}}");
            assertThat(closeCode(again)).isEqualTo(1008);
            again.close();
        }
    }

    private static WireClient signedIn(RunningServer server, String token) throws IOException {
        WireClient client = server.connect();
        client.send(TEXT_FRAME, "{\"type\":\"authenticate\",\"data\":{\"token\":\"" + token + "\"}}");
        RunningServer.nextOf(client, "authenticated");
        return client;
    }

    private static int revoke(RunningServer server, String key, String user) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://localhost:" + server.port() + "/api/v1/users/" + user + "/revoke"))
                .header("Authorization", "Bearer " + key)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private static int closeCode(WireClient client) throws IOException {
        for (Optional<WireClient.Frame> frame = client.read(); frame.isPresent(); frame = client.read()) {
            if (frame.get().opcode() == WireClient.CLOSE) {
                return frame.get().closeCode();
            }
            assertThat(new String(frame.get().payload(), StandardCharsets.UTF_8))
                    .doesNotContain("\"error\"");
        }
        return 0;
    }
}
