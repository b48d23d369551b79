package dev.peal.e2e.server;

import static dev.peal.e2e.server.RunningServer.TEXT_FRAME;
import static dev.peal.e2e.server.RunningServer.nextOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.e2e.websocket.WireClient;
import dev.peal.testkit.Await;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** PROMISES 18 and 33 at a hundredth of their size (the whole with {@code -Dpeal.nightly=true} where the machine has the sockets). */
class RoomsUnderLoadTest {
    private static final boolean NIGHTLY = Boolean.getBoolean("peal.nightly");
    private static final Pattern OFFSET = Pattern.compile("\"offset\":(\\d+)");

    private static List<Long> offsets(WireClient member, int count, AtomicInteger progress) throws IOException {
        List<Long> offsets = new ArrayList<>();
        while (offsets.size() < count) {
            progress.set(offsets.size());
            Matcher matcher = OFFSET.matcher(nextOf(member, "message"));
            assertThat(matcher.find()).isTrue();
            offsets.add(Long.parseLong(matcher.group(1)));
        }
        return offsets;
    }

    private static String message(String text) {
        return "{\"type\":\"message\",\"data\":{\"roomId\":\"k\",\"message\":\"" + text + "\"}}";
    }

    /** Row 33: members that never read are closed, with little held for them; the others get everything. */
    @Test
    void whoNeverReadsHurtsNobody(@TempDir Path data) throws Exception {
        int healthy = 100;
        int stalled = 5;
        int messages = 12_000;
        String text = "x".repeat(990);
        try (RunningServer server = RunningServer.open(data);
                ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<WireClient> asleep = new ArrayList<>();
            for (int i = 0; i < stalled; i++) {
                asleep.add(server.member("k"));
            }
            List<WireClient> awake = new ArrayList<>();
            for (int i = 0; i < healthy; i++) {
                awake.add(server.member("k"));
            }
            List<Future<List<Long>>> read = new ArrayList<>();
            List<AtomicInteger> progress = new ArrayList<>();
            for (WireClient member : awake.subList(1, healthy)) {
                AtomicInteger own = new AtomicInteger();
                progress.add(own);
                Callable<List<Long>> reading = () -> offsets(member, messages, own);
                read.add(readers.submit(reading));
            }
            WireClient sender = awake.get(0);
            for (int i = 0; i < messages; i++) {
                if (i % 200 == 0) {
                    // The readers share this machine with the server: a healthy one is one that is let run.
                    int least = i - 400;
                    Await.until("the healthy keep up", () -> {
                        read.stream().filter(Future::isDone).forEach(RoomsUnderLoadTest::mustBeRight);
                        return progress.stream().allMatch(p -> p.get() >= least);
                    });
                }
                sender.send(TEXT_FRAME, message(text));
                nextOf(sender, "message");
            }
            for (Future<List<Long>> one : read) {
                assertThat(one.get()).hasSize(messages).doesNotHaveDuplicates().isSorted();
            }
            Await.until("the stalled are found slow", () -> metric(server, "peal_slow_consumers_total") >= stalled);
            Await.until("and are gone", () -> metric(server, "peal_websockets") == healthy);
            for (WireClient member : awake) {
                member.close();
            }
            for (WireClient member : asleep) {
                member.close();
            }
        }
    }

    private static void mustBeRight(Future<?> done) {
        if (done.state() == Future.State.FAILED) {
            throw new AssertionError("a healthy member was cut off", done.exceptionNow());
        }
    }

    private static double metric(RunningServer server, String name) {
        try {
            return server.get("/metrics")
                    .lines()
                    .filter(line -> line.startsWith(name + " "))
                    .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                    .findFirst()
                    .orElse(-1);
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Row 18: whoever dribbles a request head is gone when its time is up, and others get in meanwhile. */
    @Test
    void slowHeadsAreEndedAndOthersGetIn(@TempDir Path data) throws Exception {
        try (RunningServer server = RunningServer.open(data)) {
            List<Socket> slow = new ArrayList<>();
            for (int i = 0; i < (NIGHTLY ? 2_000 : 100); i++) {
                Socket socket = new Socket();
                socket.connect(new InetSocketAddress("127.0.0.1", server.port()), 10_000);
                socket.getOutputStream().write("GET / HTTP/1.1\r\nHo".getBytes(StandardCharsets.US_ASCII));
                slow.add(socket);
            }
            for (int i = 0; i < 20; i++) {
                server.member("k").close();
            }
            long end = System.nanoTime() + 15_000_000_000L;
            for (Socket socket : slow) {
                assertThat(endsBefore(socket, end)).as("ended by the server").isTrue();
                socket.close();
            }
        }
    }

    private static boolean endsBefore(Socket socket, long endNanos) throws IOException {
        long left = (endNanos - System.nanoTime()) / 1_000_000;
        socket.setSoTimeout((int) Math.max(1, left));
        try {
            while (socket.getInputStream().read() >= 0) {
                // an answer such as 408 may come first
            }
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true; // reset: ended as well
        }
    }

    /** The last word to a client of another tongue: what is no message is answered on the root path, and the next one counts. */
    @Test
    void anErrorCostsNobodyAnything(@TempDir Path data) throws Exception {
        try (RunningServer server = RunningServer.open(data)) {
            WireClient member = server.member("k");
            member.send(TEXT_FRAME, "[".repeat(10_000));
            assertThat(nextOf(member, "error")).contains("Invalid message format");
            member.send(TEXT_FRAME, message("still here"));
            assertThat(nextOf(member, "message")).contains("still here");
            member.send(TEXT_FRAME, message(""));
            assertThat(nextOf(member, "error")).contains("invalid_message");
            member.send(TEXT_FRAME, message("x".repeat(1_001)));
            assertThat(nextOf(member, "error")).contains("invalid_message");
            member.close();
        }
    }
}
