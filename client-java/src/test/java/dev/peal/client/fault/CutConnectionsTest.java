package dev.peal.client.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.client.ClientSettings;
import dev.peal.client.PealClient;
import dev.peal.client.Recorder;
import dev.peal.client.link.PollingTransport;
import dev.peal.client.link.SseTransport;
import dev.peal.client.link.Transport;
import dev.peal.client.link.WebSocketTransport;
import dev.peal.testkit.Await;
import dev.peal.testkit.fault.Fault;
import dev.peal.testkit.fault.FaultProxy;
import dev.peal.testkit.fault.Link;
import dev.peal.testkit.fault.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** PROMISES 45, 47 and 44 through the client, over each transport: connections are cut at random places while it publishes and listens. */
final class CutConnectionsTest {
    private static final int CLIENTS = 3;
    private static final int PUBLISHES = 5;

    /** Whoever holds a link still waits no longer than this for its client. */
    private static final ClientSettings.Heartbeat BEAT = new ClientSettings.Heartbeat(2_000, 1_500);

    @TempDir
    static Path folder;

    private static ServerProcess server;

    /** Seeds that run beside each other: each has a proxy and a room of its own, and waits most of its time. */
    private static final ExecutorService AT_ONCE = Executors.newFixedThreadPool(8);

    @BeforeAll
    static void start() throws IOException {
        server = Rig.server(folder, "--limits.readsPerAddress=1000000/1s").start();
    }

    @AfterAll
    static void stop() {
        AT_ONCE.shutdown();
        server.close();
    }

    private static Transport transport(String name) {
        return switch (name) {
            case "websocket" -> new WebSocketTransport(Rig.HTTP);
            case "sse" -> new SseTransport(Rig.HTTP);
            case "polling" -> new PollingTransport(Rig.HTTP);
            default -> throw new IllegalArgumentException(name);
        };
    }

    @ParameterizedTest
    @CsvSource({"websocket, 200, 10000", "sse, 100, 1000", "polling, 100, 1000"})
    void nothingIsLostNothingDoubledAndTheOrderKept(String name, int seeds, int nightly) {
        long first = Rig.seed("cut connections, " + name);
        int runs = Rig.NIGHTLY ? nightly : seeds;
        long began = System.nanoTime();
        long joins = LongStream.range(first, first + runs)
                .mapToObj(seed -> CompletableFuture.supplyAsync(() -> run(name, seed), AT_ONCE))
                .toList()
                .stream()
                .mapToLong(CompletableFuture::join)
                .sum();
        System.out.printf(
                "cut connections, %s: %d seeds, %d joins of %d rooms and clients, %d ms%n",
                name, runs, joins, runs * CLIENTS, (System.nanoTime() - began) / 1_000_000);
        assertThat(joins).as("connections were cut").isGreaterThan(runs * (long) CLIENTS * 11 / 10);
    }

    private static long run(String name, long seed) {
        Random random = new Random(seed);
        List<PealClient> clients = new ArrayList<>();
        List<Recorder> recorders = new ArrayList<>();
        try (FaultProxy proxy = FaultProxy.to(server.port(), seed)) {
            Function<Random, Fault> anywhere = any -> new Fault.CutAfter(1 + any.nextInt(1 << any.nextInt(9, 13)));
            proxy.begin(anywhere, anywhere);
            for (int i = 0; i < CLIENTS; i++) {
                String user = "u" + i;
                PealClient client = Rig.client(proxy.port(), user)
                        .settings(Rig.HURRIED.with(BEAT))
                        .transports(transport(name))
                        .random(new Random(seed + i))
                        .connect();
                clients.add(client);
                recorders.add(new Recorder(user + "-" + seed, client.room("cut-" + name + "-" + Math.abs(seed))));
            }
            for (int i = 0; i < PUBLISHES; i++) {
                recorders.forEach(Recorder::publish);
                hurt(proxy, random, recorders);
            }
            proxy.all(Fault.NONE);
            Rig.judge(name + ", seed " + seed, server.port(), recorders);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            clients.forEach(PealClient::close);
        }
        return recorders.stream().mapToLong(Recorder::joins).sum();
    }

    /** A link is cut, now or after it stood still while somebody else was answered. */
    private static void hurt(FaultProxy proxy, Random random, List<Recorder> recorders) {
        List<Link> links = proxy.links();
        if (links.isEmpty()) {
            return;
        }
        Link one = links.get(random.nextInt(links.size()));
        if (random.nextInt(3) == 0) {
            one.set(Fault.HOLD);
        }
        long before = acknowledged(recorders);
        Await.until(
                "somebody is answered",
                Rig.PATIENCE,
                () -> acknowledged(recorders) > before || recorders.stream().allMatch(Recorder::settled));
        one.reset();
    }

    private static long acknowledged(List<Recorder> recorders) {
        return recorders.stream().mapToLong(Recorder::acknowledged).sum();
    }

    /** PROMISES 11: whatever carries them, the same entries in the same order. */
    @Test
    void allTransportsSeeTheSame() throws IOException {
        try (FaultProxy proxy = FaultProxy.to(server.port(), 1)) {
            List<Recorder> recorders = new ArrayList<>();
            List<PealClient> clients = new ArrayList<>();
            for (String name : List.of("websocket", "sse", "polling")) {
                PealClient client = Rig.client(proxy.port(), "over-" + name)
                        .transports(transport(name))
                        .connect();
                clients.add(client);
                recorders.add(new Recorder(name, client.room("mixed")));
            }
            try {
                for (int i = 0; i < 20; i++) {
                    recorders.forEach(Recorder::publish);
                }
                Rig.judge("mixed", server.port(), recorders);
            } finally {
                clients.forEach(PealClient::close);
            }
        }
    }
}
