package dev.peal.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.server.PealServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiceTableTest {
    /** The JDK's own client; whole messages arrive in a queue. */
    private static final class Player implements WebSocket.Listener {
        private final BlockingQueue<String> frames = new LinkedBlockingQueue<>();
        private final StringBuilder part = new StringBuilder();
        private final WebSocket socket;

        Player(int port, String path) {
            socket = HttpClient.newHttpClient()
                    .newWebSocketBuilder()
                    .buildAsync(URI.create("ws://localhost:" + port + path), this)
                    .join();
        }

        void send(String frame) {
            socket.sendText(frame, true).join();
        }

        String next() throws InterruptedException {
            String frame = frames.poll(10, TimeUnit.SECONDS);
            assertThat(frame).as("a frame within ten seconds").isNotNull();
            return frame;
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
            part.append(data);
            if (last) {
                frames.add(part.toString());
                part.setLength(0);
            }
            webSocket.request(1);
            return null;
        }
    }

    @Test
    void everyoneAtTheTableSeesWhatFell(@TempDir Path data) throws Exception {
        try (PealServer server = PealServer.builder()
                .set("auth.mode", "open")
                .set("server.port", "0")
                .set("server.data", data.toString())
                .app(new DiceTable())
                .start()) {
            Player ann = new Player(server.port(), "/dice");
            Player bob = new Player(server.port(), "/");
            ann.send("{\"type\":\"sit_down\",\"id\":1,\"data\":{\"roomId\":\"t\"}}");
            assertThat(ann.next()).contains("\"joined\"");
            bob.send("{\"type\":\"sit_down\",\"id\":1,\"data\":{\"roomId\":\"t\"}}");
            assertThat(bob.next()).contains("\"joined\"");
            assertThat(ann.next()).contains("\"user_joined\"");
            bob.send("{\"type\":\"roll\",\"id\":2,\"data\":{\"roomId\":\"t\",\"sides\":6}}");
            assertThat(ann.next()).matches("\\{\"type\":\"rolled\",\"offset\":1,.*\"fell\":[1-6]}}");
            assertThat(bob.next()).contains("\"rolled\"");
            assertThat(bob.next()).contains("\"ack\"").contains("\"offset\":1");
            bob.send("{\"type\":\"roll\",\"id\":3,\"data\":{\"roomId\":\"t\",\"sides\":1}}");
            assertThat(bob.next()).contains("\"invalid_message\"");
        }
    }
}
