package dev.peal.client.fault;

import dev.peal.client.ClientBuilder;
import dev.peal.client.ClientSettings;
import dev.peal.client.PealClient;
import dev.peal.server.Main;
import dev.peal.testkit.fault.ServerProcess;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What these tests share: the real program on a folder, and clients that are in a hurry. */
final class Rig {
    static final boolean NIGHTLY = Boolean.getBoolean("peal.nightly");
    static final Duration PATIENCE = Duration.ofMinutes(2);

    /** As shipped, but for waits that a test can wait for. */
    static final ClientSettings HURRIED =
            ClientSettings.DEFAULT.with(new ClientSettings.Reconnect(20, 1.5, 300, 10_000, 600_000));

    /** One for all clients: each would have a thread. */
    static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();

    private Rig() {}

    /** In open mode, not started yet; {@code more} are options of {@code peal serve}. */
    static ServerProcess server(Path folder, String... more) throws IOException {
        int port = ServerProcess.freePort();
        List<String> arguments = new ArrayList<>(List.of(
                "serve",
                "--open",
                "--port",
                Integer.toString(port),
                "--data",
                folder.resolve("data").toString(),
                "--limits.connectionsPerAddress=20000",
                "--rate.message=1000000/1s",
                "--rate.authenticate=1000000/1s",
                "--rate.join_room=1000000/1s"));
        arguments.addAll(List.of(more));
        return new ServerProcess(new ServerProcess.Plan(
                Main.class.getName(),
                port,
                folder.resolve("server.log"),
                List.of("-XX:TieredStopAtLevel=1", "-Xmx512m"),
                arguments));
    }

    /** A client that knows its user. */
    static ClientBuilder client(int port, String user) {
        return PealClient.builder("http://127.0.0.1:" + port)
                .user(user, user)
                .http(HTTP)
                .settings(HURRIED);
    }

    /** How many begin so. */
    static long count(List<String> lines, String beginning) {
        return lines.stream().filter(line -> line.startsWith(beginning)).count();
    }

    static long seed(String test) {
        long seed = Long.getLong("peal.seed", System.nanoTime());
        System.out.println(test + ": seed " + seed + " (again with -Dpeal.seed=" + seed + ")");
        return seed;
    }
}
