package dev.peal.testkit.fault;

import dev.peal.testkit.Await;
import dev.peal.testkit.history.Recording;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.LongStream;

/**
 * Clients of an SDK publish and listen in a room while their connections are cut at random places, seed by seed; {@link Judge} looks at what is left.
 *
 * <p>Clients are in a hurry: they come back within a second, and notice a link that stands still within a few.
 */
public final class CutConnections {
    private static final int CLIENTS = 3;
    private static final int PUBLISHES = 5;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** Each seed has a proxy and a room of its own, and waits most of its time. */
    private static final int SEEDS_AT_ONCE = 8;

    private final String about;
    private final int port;
    private final int bytesMax;
    private final Entrance entrance;
    private volatile boolean failed;

    /** Makes a client of a server in open mode, and brings it to a room. */
    public interface Entrance {
        Entered enter(int port, String user, String room, long seed);
    }

    /** Who came in, and what ends it. */
    public record Entered(Recording recording, Runnable close) {}

    /**
     * Not run yet.
     *
     * @param about begins what is printed, and is part of the rooms' names
     * @param port of the server, which must limit neither connections nor requests
     * @param bytesMax what a connection carries at most before it is cut, in either direction; about as much as a publish and its answer take eight times
     */
    public CutConnections(String about, int port, int bytesMax, Entrance entrance) {
        this.about = about;
        this.port = port;
        this.bytesMax = bytesMax;
        this.entrance = entrance;
    }

    /** Runs so many seeds, from the first on, until one fails; answers how often clients came back. */
    public long run(long first, int seeds) {
        long began = System.nanoTime();
        long joins;
        try (ExecutorService threads = Executors.newFixedThreadPool(SEEDS_AT_ONCE)) {
            joins = LongStream.range(first, first + seeds)
                    .mapToObj(seed -> CompletableFuture.supplyAsync(() -> failed ? 0 : run(seed), threads))
                    .toList()
                    .stream()
                    .mapToLong(CompletableFuture::join)
                    .sum();
        }
        long returns = joins - seeds * (long) CLIENTS;
        System.out.printf(
                "cut connections, %s: seeds %d to %d, %d clients came back %d times, %d ms%n",
                about, first, first + seeds - 1, seeds * CLIENTS, returns, (System.nanoTime() - began) / 1_000_000);
        return returns;
    }

    private long run(long seed) {
        // Mixed: Random begins alike for seeds that are neighbours.
        Random random = new Random(new SplittableRandom(seed).nextLong());
        List<Entered> clients = new ArrayList<>();
        try (FaultProxy proxy = FaultProxy.to(port, seed)) {
            Function<Random, Fault> anywhere = any -> new Fault.CutAfter(1 + any.nextInt(bytesMax >> any.nextInt(4)));
            proxy.begin(anywhere, anywhere);
            String room = "cut-" + about + "-" + Math.abs(seed);
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(entrance.enter(proxy.port(), "u" + i, room, seed + i));
            }
            List<Recording> recordings =
                    clients.stream().map(Entered::recording).toList();
            for (int i = 0; i < PUBLISHES; i++) {
                recordings.forEach(Recording::publish);
                hurt(proxy, random, recordings);
            }
            proxy.all(Fault.NONE);
            Judge.findsNothing(about + ", seed " + seed, port, recordings);
            return recordings.stream().mapToLong(Recording::joins).sum();
        } catch (AssertionError e) {
            failed = true;
            throw e;
        } catch (IOException e) {
            failed = true;
            throw new UncheckedIOException(e);
        } finally {
            clients.forEach(client -> client.close().run());
        }
    }

    /** A link is cut, now or after it stood still while somebody else was answered; where nobody else waits for an answer, that would take a heartbeat. */
    private static void hurt(FaultProxy proxy, Random random, List<Recording> recordings) {
        Await.until("somebody is connected", PATIENCE, () -> !proxy.links().isEmpty() || unsettled(recordings) == 0);
        List<Link> links = proxy.links();
        if (links.isEmpty()) {
            return;
        }
        Link one = links.get(random.nextInt(links.size()));
        if (random.nextInt(3) == 0) {
            one.set(Fault.HOLD);
        }
        long before = acknowledged(recordings);
        Await.until(
                "somebody is answered",
                PATIENCE,
                () -> acknowledged(recordings) > before || unsettled(recordings) <= 1);
        one.reset();
    }

    private static long unsettled(List<Recording> recordings) {
        return recordings.stream().filter(one -> !one.settled()).count();
    }

    private static long acknowledged(List<Recording> recordings) {
        return recordings.stream().mapToLong(Recording::acknowledged).sum();
    }
}
