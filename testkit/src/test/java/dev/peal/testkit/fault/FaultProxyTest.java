package dev.peal.testkit.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.peal.testkit.Await;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each fault before a server that echoes. */
final class FaultProxyTest {
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicInteger echoed = new AtomicInteger();
    private final AtomicInteger ended = new AtomicInteger();
    private ServerSocket echo;
    private FaultProxy proxy;

    @BeforeEach
    void start() throws IOException {
        echo = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        threads.execute(this::accept);
        proxy = FaultProxy.to(echo.getLocalPort(), 1);
    }

    @AfterEach
    void stop() throws IOException {
        proxy.close();
        echo.close();
        threads.shutdownNow();
    }

    private void accept() {
        while (!echo.isClosed()) {
            try {
                Socket socket = echo.accept();
                threads.execute(() -> echo(socket));
            } catch (IOException e) {
                return; // the test is over
            }
        }
    }

    private void echo(Socket socket) {
        try (socket) {
            InputStream in = socket.getInputStream();
            byte[] piece = new byte[1024];
            for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
                echoed.addAndGet(n);
                socket.getOutputStream().write(piece, 0, n);
            }
        } catch (IOException e) {
            // reset: ended as well
        } finally {
            ended.incrementAndGet();
        }
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
        socket.setSoTimeout((int) Await.DEADLINE.toMillis());
        return socket;
    }

    private static void roundTrip(Socket socket, int bytes) throws IOException {
        byte[] sent = new byte[bytes];
        for (int i = 0; i < bytes; i++) {
            sent[i] = (byte) i;
        }
        socket.getOutputStream().write(sent);
        assertThat(socket.getInputStream().readNBytes(bytes)).isEqualTo(sent);
    }

    @Test
    void passesEverythingOnAndEachEndByItself() throws IOException {
        try (Socket socket = connect()) {
            roundTrip(socket, 10_000);
            socket.shutdownOutput();
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
        Await.until("the link is over", () -> proxy.links().isEmpty());
    }

    @Test
    void aHoldLosesNothing() throws IOException {
        try (Socket socket = connect()) {
            roundTrip(socket, 10);
            Link link = proxy.links().getFirst();
            link.down(Fault.HOLD);
            socket.getOutputStream().write(new byte[5_000]);
            Await.until("the server has it all", () -> echoed.get() == 5_010);
            assertThat(socket.getInputStream().available()).isZero();
            link.down(Fault.NONE);
            assertThat(socket.getInputStream().readNBytes(5_000)).hasSize(5_000);
        }
    }

    @Test
    void aSwallowedServerNeverLearnsOfTheEnd() throws IOException {
        Socket socket = connect();
        roundTrip(socket, 10);
        proxy.links().getFirst().set(Fault.SWALLOW);
        socket.getOutputStream().write(new byte[100]);
        socket.close();
        try (Socket other = connect()) {
            roundTrip(other, 5);
        }
        Await.until(
                "the other one is over on both sides",
                () -> ended.get() == 1 && proxy.links().size() == 1);
        assertThat(echoed.get()).isEqualTo(15);
    }

    @Test
    void delayedAndThrottledBytesAreTheSameBytes() throws IOException {
        for (Fault fault : List.of(new Fault.Delay(1, 3), new Fault.Throttle(200_000))) {
            proxy.begin(any -> fault, any -> fault);
            try (Socket socket = connect()) {
                roundTrip(socket, 10_000);
            }
        }
    }

    @Test
    void cutsAfterExactlySoManyBytes() throws IOException {
        proxy.begin(any -> new Fault.CutAfter(1_234), any -> Fault.NONE);
        try (Socket socket = connect()) {
            socket.getOutputStream().write(new byte[2_000]);
            assertThatThrownBy(() -> socket.getInputStream().readAllBytes()).isInstanceOf(SocketException.class);
        }
        Await.until("the server has what passed", () -> ended.get() == 1);
        assertThat(echoed.get()).isLessThanOrEqualTo(1_234);
    }

    @Test
    void resetsOrEndsOnDemand() throws IOException {
        try (Socket reset = connect()) {
            roundTrip(reset, 10);
            proxy.resetAll();
            assertThatThrownBy(() -> reset.getInputStream().read()).isInstanceOf(SocketException.class);
        }
        try (Socket finished = connect()) {
            roundTrip(finished, 10);
            proxy.endAll();
            assertThat(finished.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void refusesWhileItIsToldTo() throws IOException {
        proxy.refuse(true);
        assertThatThrownBy(() -> {
                    try (Socket socket = connect()) {
                        socket.getInputStream().read();
                    }
                })
                .isInstanceOf(SocketException.class);
        proxy.refuse(false);
        try (Socket socket = connect()) {
            roundTrip(socket, 10);
        }
    }

    @Test
    void drawsTheSameFaultsFromTheSameSeed() throws IOException {
        assertThat(drawn(7)).isEqualTo(drawn(7)).isNotEqualTo(drawn(8));
    }

    private List<Integer> drawn(long seed) throws IOException {
        List<Integer> drawn = new ArrayList<>();
        try (FaultProxy seeded = FaultProxy.to(echo.getLocalPort(), seed)) {
            seeded.begin(
                    random -> {
                        drawn.add(random.nextInt());
                        return Fault.NONE;
                    },
                    any -> Fault.NONE);
            for (int i = 0; i < 5; i++) {
                try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), seeded.port())) {
                    roundTrip(socket, 1);
                }
            }
        }
        return drawn;
    }
}
