package dev.peal.client.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.client.ClientState;
import dev.peal.client.PealClient;
import dev.peal.testkit.Await;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever answers at the address, and is no Peal: the client says why, keeps trying in its own time, and tries every transport. */
final class BadServersTest {
    private static final String HTML = "<html>Please accept our terms</html>";

    /** Answers each request with what it was made with. */
    private static final class Impostor implements AutoCloseable {
        private final ServerSocket listener = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        private final List<String> requests = new CopyOnWriteArrayList<>();
        private final String answer;

        Impostor(String answer) throws IOException {
            this.answer = answer;
            Thread.ofVirtual().start(this::accept);
        }

        private void accept() {
            while (!listener.isClosed()) {
                try {
                    Socket socket = listener.accept();
                    Thread.ofVirtual().start(() -> serve(socket));
                } catch (IOException e) {
                    return; // closed
                }
            }
        }

        private void serve(Socket socket) {
            try (socket) {
                BufferedReader in =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
                String request = in.readLine();
                String key = "";
                for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
                    key = line.startsWith("Sec-WebSocket-Key: ") ? line.substring(19) : key;
                }
                OutputStream out = socket.getOutputStream();
                boolean upgrade = answer.startsWith("101") && !key.isEmpty();
                String whole = upgrade ? upgrade(key) + answer.substring(3) : page(200, HTML);
                out.write((answer.startsWith("101") ? whole : answer).getBytes(StandardCharsets.ISO_8859_1));
                out.flush();
                requests.add(String.valueOf(request));
                if (upgrade) {
                    in.read(); // until the client has enough
                }
            } catch (IOException e) {
                // the client went
            }
        }

        private static String upgrade(String key) {
            try {
                byte[] digest = MessageDigest.getInstance("SHA-1")
                        .digest((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(StandardCharsets.US_ASCII));
                return "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: "
                        + Base64.getEncoder().encodeToString(digest) + "\r\n\r\n";
            } catch (NoSuchAlgorithmException e) {
                throw new AssertionError(e);
            }
        }

        @Override
        public void close() throws IOException {
            listener.close();
        }
    }

    private static String page(int status, String body) {
        return "HTTP/1.1 " + status + " Any\r\nContent-Type: text/html\r\nConnection: close\r\nContent-Length: "
                + body.length() + "\r\n\r\n" + body;
    }

    private static String frame(String text) {
        return "" + (char) 0x81 + (char) text.length() + text;
    }

    private static void triesAll(Impostor impostor) {
        try (PealClient client =
                Rig.client(impostor.listener.getLocalPort(), "ann").connect()) {
            Await.until(
                    "every transport was tried twice",
                    () -> Rig.count(impostor.requests, "GET /chat ") >= 2
                            && Rig.count(impostor.requests, "POST /api/ticket ") >= 2
                            && Rig.count(impostor.requests, "POST /api/messages ") >= 2);
            assertThat(client.state().phase()).isIn(ClientState.Phase.CONNECTING, ClientState.Phase.WAITING);
            assertThat(client.state().reason()).isPresent();
            assertThat(client.state().reason().orElseThrow()).doesNotContain("html");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 302, 404, 407})
    void aPageInPlaceOfThe101(int status) throws IOException {
        try (Impostor impostor = new Impostor(page(status, HTML))) {
            triesAll(impostor);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"hello", "[1,2]", "{\"no\":\"type\"}", "{\"type\":\"authenticated\",\"data\":7}"})
    void aWebSocketThatSpeaksSomethingElse(String words) throws IOException {
        try (Impostor impostor = new Impostor("101" + frame(words))) {
            triesAll(impostor);
        }
    }

    @Test
    void nobodyAtAll() throws IOException {
        int port;
        try (Impostor impostor = new Impostor("")) {
            port = impostor.listener.getLocalPort();
        }
        try (PealClient client = Rig.client(port, "ann").connect()) {
            Await.until(
                    "it has tried some times", () -> client.diagnostics().join().failures() >= 5);
            assertThat(client.state().transport()).contains("websocket");
        }
    }
}
