package dev.peal.e2e.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.testkit.Await;
import dev.peal.testkit.fault.ServerProcess;
import dev.peal.testkit.fault.Wire;
import dev.peal.transport.TransportKind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * More clients than the process may have files: those who are in stay in and are served, the others wait in the kernel's queue, and once files are free again
 * the server accepts. PROMISES 36 at a tenth (the whole with {@code -Dpeal.nightly=true}); Linux with {@code prlimit}.
 */
final class FdExhaustionTest {
    private static final int FILES_LEFT = Servers.NIGHTLY ? 900 : 90;
    private static final int CLIENTS = Servers.NIGHTLY ? 3_000 : 300;
    private static final int MEMBERS = 10;
    private static final int SILENCE_MILLIS_MAX = 20_000;
    private static final int ROUNDS = Servers.NIGHTLY ? 1_000 : 5;
    private static final double SLOWER_MAX = 2;
    private static final long SPIN_NANOS = Servers.NIGHTLY ? 3_000_000_000L : 0;
    private static final double CPU_SHARE_MAX = 0.6;
    private static final Duration ACCEPTS_AGAIN_MAX = Duration.ofSeconds(2);

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(names = {"IO_URING", "EPOLL", "NIO"})
    void whoIsInStaysInAndWhoComesLaterIsServedOnceFilesAreFree(TransportKind transport) throws Exception {
        if (transport.unavailable().isPresent()) {
            System.out.println("not run: needs " + transport.label());
            return;
        }
        // A class that is first used when no file is left could not be read from a folder.
        List<String> installed = List.of("-XX:TieredStopAtLevel=1", "-Xmx512m", "-cp", Jars.of(folder));
        try (ServerProcess server = Servers.on(
                        folder, installed, "--limits.handshakeTime=60s", "--server.transport=" + transport.label())
                .start()) {
            List<Wire> members = members(server.port());
            rounds(members, "first"); // a jar of the class path takes a file when it is first looked into
            long calm = rounds(members, "before");
            long filesMax = server.files() + FILES_LEFT;
            if (!limitFiles(server, filesMax)) {
                return;
            }
            List<Socket> crowd = crowd(server.port());
            Await.until("no file is left", () -> server.files() >= filesMax);
            long full = rounds(members, "while full");
            Duration cpuBefore = cpu(server);
            long before = System.nanoTime();
            Await.until("the accepting side has had time to spin", () -> System.nanoTime() - before > SPIN_NANOS);
            double share = (double) cpu(server).minus(cpuBefore).toNanos() / (System.nanoTime() - before);
            System.out.printf(
                    "no file left, %s: %.0f %% of one core; members hear within %.1f ms (p99), %.1f ms before%n",
                    transport.label(), 100 * share, full / 1e6, calm / 1e6);
            for (Socket socket : crowd) {
                socket.close();
            }
            long freed = System.nanoTime();
            try (Wire late = Wire.connect(server.port(), SILENCE_MILLIS_MAX)) {
                Duration again = Duration.ofNanos(System.nanoTime() - freed);
                System.out.println("accepted again after " + again.toMillis() + " ms");
                late.send("{\"type\":\"ping\",\"id\":1}");
                late.next("pong");
                if (Servers.NIGHTLY) {
                    assertThat((double) full).isLessThan(SLOWER_MAX * calm);
                    assertThat(share).isLessThan(CPU_SHARE_MAX);
                    assertThat(again).isLessThan(ACCEPTS_AGAIN_MAX);
                }
            }
            everybodyHears(members, "afterwards");
            for (Wire member : members) {
                member.close();
            }
        }
    }

    private static List<Wire> members(int port) throws IOException {
        List<Wire> members = new ArrayList<>();
        for (int i = 0; i < MEMBERS; i++) {
            Wire member = Wire.connect(port, SILENCE_MILLIS_MAX);
            member.send("{\"type\":\"join_room\",\"id\":\"j\",\"data\":{\"roomId\":\"full\"}}");
            member.next("joined");
            members.add(member);
        }
        return members;
    }

    /** Answers how long it took at most until everybody heard, in 99 of a hundred rounds. */
    private static long rounds(List<Wire> members, String text) throws IOException {
        List<Long> nanos = new ArrayList<>();
        for (int i = 0; i < ROUNDS; i++) {
            long began = System.nanoTime();
            everybodyHears(members, text + " " + i);
            nanos.add(System.nanoTime() - began);
        }
        Collections.sort(nanos);
        return nanos.get(nanos.size() * 99 / 100);
    }

    private static void everybodyHears(List<Wire> members, String text) throws IOException {
        members.get(0).send("{\"type\":\"message\",\"data\":{\"roomId\":\"full\",\"message\":\"" + text + "\"}}");
        for (Wire member : members) {
            assertThat(member.next("message")).contains(text);
        }
    }

    private static List<Socket> crowd(int port) throws IOException {
        List<Socket> crowd = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            crowd.add(new Socket(InetAddress.getLoopbackAddress(), port));
        }
        return crowd;
    }

    private static Duration cpu(ServerProcess server) {
        return ProcessHandle.of(server.pid())
                .flatMap(process -> process.info().totalCpuDuration())
                .orElseThrow();
    }

    /** False where this machine cannot: then the test says so. */
    private static boolean limitFiles(ServerProcess server, long files) throws InterruptedException {
        try {
            int code = new ProcessBuilder("prlimit", "--pid", Long.toString(server.pid()), "--nofile=" + files)
                    .inheritIO()
                    .start()
                    .waitFor();
            assertThat(code).as("prlimit").isZero();
            return true;
        } catch (IOException e) {
            System.out.println("not run: needs prlimit (util-linux)");
            return false;
        }
    }
}
