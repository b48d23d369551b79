package dev.peal.e2e.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.docs.client.KnownText;
import dev.peal.ot.Document;
import dev.peal.testkit.Await;
import dev.peal.testkit.fault.Fault;
import dev.peal.testkit.fault.FaultProxy;
import dev.peal.testkit.fault.Link;
import dev.peal.testkit.fault.ServerProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Five clients of an SDK write in one document, each through a proxy of its own that cuts its connections at random places, while the server is killed with SIGKILL and comes back. In
 * the end all of them see one text, the server's and that of its log, in which each character is once that nobody deleted who saw it.
 */
public final class CutDocuments {
    private static final int CLIENTS = 5;
    private static final int CUT_PERCENT = 2;
    private static final int HELD_OF_CUT = 3;
    private static final int ROUNDS = 250;
    private static final int ROUNDS_A_KILL = 60;
    private static final int EDITS_MAX = 3;
    /** A connection that nobody cuts ends by itself, in the middle of whatever it carries then. */
    private static final int BYTES_MAX = 1 << 18;

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final ServerProcess server;
    private final Entrance entrance;

    /** Makes a client that is in a hurry, and opens a document with it. */
    public interface Entrance {
        Writer open(int port, String user, String documentId, KnownText text, long seed);
    }

    /** Somebody with a document open. What it returns fails where it fails. */
    public interface Writer extends AutoCloseable {
        /** Types, deletes or formats somewhere; done when it is shown. */
        CompletableFuture<?> edit();

        /** Done when the server has all that was done until now. */
        CompletableFuture<?> saved();

        /** Whether there is a content to edit. */
        boolean opened();

        /** Of the server's, in what is shown. */
        long revision();

        /** What is shown. */
        CompletableFuture<Document> content();

        @Override
        void close();
    }

    /**
     * Not run yet.
     *
     * @param server is running, and limits neither connections nor requests
     */
    public CutDocuments(ServerProcess server, Entrance entrance) {
        this.server = server;
        this.entrance = entrance;
    }

    /** Runs so many seeds, from the first on, each with a document of its own. */
    public void run(String about, long first, int seeds) throws IOException {
        long began = System.nanoTime();
        int connections = 0;
        long operations = 0;
        for (long seed = first; seed < first + seeds; seed++) {
            try (Book book = new Book(seed)) {
                book.write();
                operations += book.judge();
                connections += book.connections();
            } catch (AssertionError e) {
                throw new AssertionError(about + ", seed " + seed, e);
            }
        }
        System.out.printf(
                "cut documents, %s: seeds %d to %d, %d operations over %d connections, %d ms%n",
                about, first, first + seeds - 1, operations, connections, (System.nanoTime() - began) / 1_000_000);
        assertThat(connections).as("connections were cut").isGreaterThan(seeds * CLIENTS * 3);
    }

    private final class Book implements AutoCloseable {
        private final Random random;
        private final String documentId;
        private final KnownText text = new KnownText();
        private final List<FaultProxy> proxies = new ArrayList<>();
        private final List<Writer> writers = new ArrayList<>();

        private Book(long seed) throws IOException {
            // Mixed: Random begins alike for seeds that are neighbours.
            random = new Random(new SplittableRandom(seed).nextLong());
            documentId = "cut-" + Math.abs(seed);
            for (int i = 0; i < CLIENTS; i++) {
                FaultProxy proxy = FaultProxy.to(server.port(), seed + i);
                proxies.add(proxy);
                proxy.begin(
                        any -> new Fault.CutAfter(1 + any.nextInt(BYTES_MAX >> any.nextInt(8))),
                        any -> new Fault.CutAfter(1 + any.nextInt(BYTES_MAX >> any.nextInt(8))));
                writers.add(entrance.open(proxy.port(), "writer" + i, documentId, text, seed + i));
            }
        }

        private void write() throws IOException {
            for (Writer writer : writers) {
                Await.until("the document is open", PATIENCE, writer::opened);
            }
            for (int round = 1; round <= ROUNDS; round++) {
                List<Integer> held = edit();
                if (round % ROUNDS_A_KILL == 0) {
                    server.kill();
                    edit();
                    server.start();
                }
                // One of those that are heard is waited for: else all that is typed would be one operation.
                List<Integer> heard = new ArrayList<>(List.of(0, 1, 2, 3, 4));
                heard.removeAll(held);
                if (!heard.isEmpty()) {
                    await(writers.get(heard.get(random.nextInt(heard.size()))).saved());
                }
                held.forEach(one -> proxies.get(one).resetAll());
            }
        }

        /** All edit; who is held meanwhile. */
        private List<Integer> edit() {
            List<Integer> held = new ArrayList<>();
            List<CompletableFuture<?>> shown = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                for (int edits = random.nextInt(EDITS_MAX + 1); edits > 0; edits--) {
                    shown.add(writers.get(i).edit());
                    if (random.nextInt(100) < CUT_PERCENT) {
                        hurt(i, held);
                    }
                }
            }
            shown.forEach(CutDocuments::await);
            return held;
        }

        /** Cuts somebody off: now, or once the link has stood still while others were answered. */
        private void hurt(int client, List<Integer> held) {
            List<Link> links = proxies.get(client).links();
            if (random.nextInt(HELD_OF_CUT) == 0) {
                links.forEach(link -> link.set(Fault.HOLD));
                held.add(client);
            } else {
                links.forEach(Link::reset);
            }
        }

        /** Answers how many operations there are. */
        private long judge() throws IOException {
            proxies.forEach(proxy -> proxy.all(Fault.NONE));
            writers.stream().map(Writer::saved).toList().forEach(CutDocuments::await);
            DocumentReading reading = new DocumentReading(server.port(), documentId);
            long newest = reading.revision();
            for (Writer writer : writers) {
                Await.until("all are at the newest revision", PATIENCE, () -> writer.revision() == newest);
            }
            Document content = reading.content();
            for (Writer writer : writers) {
                assertThat(await(writer.content())).isEqualTo(content);
            }
            assertThat(text.faults(content)).isEmpty();
            assertThat(reading.replayed(newest)).isEqualTo(content);
            return newest;
        }

        private int connections() {
            return proxies.stream().mapToInt(FaultProxy::accepted).sum();
        }

        @Override
        public void close() {
            writers.forEach(Writer::close);
            proxies.forEach(FaultProxy::close);
        }
    }

    private static <T> T await(CompletableFuture<T> future) {
        return future.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }
}
