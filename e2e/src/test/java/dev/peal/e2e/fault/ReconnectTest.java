package dev.peal.e2e.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.testkit.Await;
import dev.peal.testkit.fault.Fault;
import dev.peal.testkit.fault.FaultProxy;
import dev.peal.testkit.fault.Fleet;
import dev.peal.testkit.fault.Link;
import dev.peal.testkit.fault.ProxyProcess;
import dev.peal.testkit.fault.ServerProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** PROMISES 34, 45, 47: connections are cut at random places, one by one and all at once, while others go on writing. */
final class ReconnectTest {
    private static final int RECONNECTS = Servers.NIGHTLY ? 100_000 : 1_000;
    private static final int STORM = Servers.NIGHTLY ? 9_000 : 500;
    private static final Duration STORM_MAX = Duration.ofSeconds(30);

    @TempDir
    static Path folder;

    private static ServerProcess server;

    @BeforeAll
    static void start() throws IOException {
        server = Servers.on(folder).start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** Row 45. Connections die after random many bytes of either direction, in the midst of frames and replays; some stand still for a while first. */
    @Test
    void everyoneWhoComesBackGetsAllThatWasMissed() throws IOException {
        long seed = Servers.seed("reconnects");
        Random random = new Random(seed);
        try (FaultProxy proxy = FaultProxy.to(server.port(), seed);
                Fleet steady = Fleet.launch(Fleet.Shape.of("steady", 4, 4), seed, server.port());
                Fleet cut = Fleet.launch(Fleet.Shape.of("cut", 24, 4).withCopies(2), seed, proxy.port())) {
            Function<Random, Fault> anywhere = any -> new Fault.CutAfter(1 + any.nextInt(1 << any.nextInt(8, 18)));
            proxy.begin(anywhere, anywhere);
            proxy.resetAll();
            steady.publishing(4);
            cut.publishing(4);
            while (cut.joins() < RECONNECTS) {
                absence(proxy, random, cut);
            }
            proxy.all(Fault.NONE);
            assertThat(cut.anomalies(server.port())).isEmpty();
            assertThat(steady.anomalies(server.port())).isEmpty();
            System.out.printf(
                    "reconnects: %d returns of %d connections, %d acknowledged, nothing missed%n",
                    cut.joins(), proxy.accepted(), cut.acked());
        }
    }

    /** A few links stand still while the others go on for some time, then they are cut. */
    private static void absence(FaultProxy proxy, Random random, Fleet others) {
        List<Link> links = new ArrayList<>(proxy.links());
        Collections.shuffle(links, random);
        List<Link> away = links.subList(0, Math.min(3, links.size()));
        away.forEach(link -> link.set(Fault.HOLD));
        others.awaitAcked(random.nextInt(200));
        away.forEach(Link::reset);
    }

    /** Row 34. Everyone at once, and once more while they are still coming back. */
    @Test
    void everyoneComesBackFromAStorm() throws IOException {
        long seed = Servers.seed("storm");
        int rooms = STORM / 25;
        try (ProxyProcess one = ProxyProcess.to(server.port());
                ProxyProcess other = ProxyProcess.to(server.port());
                Fleet fleet = Fleet.launch(Fleet.Shape.of("storm", STORM, rooms), seed, one.port(), other.port())) {
            // One writer to a room: a storm is about those who come back.
            fleet.clients().subList(0, rooms).forEach(client -> client.publishing(2, Integer.MAX_VALUE));
            fleet.awaitAcked(10L * rooms);
            long began = System.nanoTime();
            one.resetAll();
            other.resetAll();
            Await.until("half are back", STORM_MAX, () -> fleet.joins() >= STORM * 3L / 2);
            one.resetAll();
            other.resetAll();
            fleet.awaitAll("all are back", client -> client.joins() >= 2 && client.joinedNow());
            Duration took = Duration.ofNanos(System.nanoTime() - began);
            fleet.awaitAcked(10L * rooms);
            assertThat(fleet.anomalies(server.port())).isEmpty();
            System.out.printf(
                    "storm: %d connections cut twice, all back after %d ms, %d acknowledged, nothing missed%n",
                    STORM, took.toMillis(), fleet.acked());
            if (Servers.NIGHTLY) {
                assertThat(took).isLessThanOrEqualTo(STORM_MAX);
            }
        }
    }
}
