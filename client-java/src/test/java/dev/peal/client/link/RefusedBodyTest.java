package dev.peal.client.link;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.peal.client.json.Json;
import dev.peal.client.loop.Loop;
import dev.peal.client.loop.LoopThread;
import dev.peal.testkit.Await;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** A proxy in front of the server that takes no large bodies, and says so with a page of its own: to send the same again would never end. */
final class RefusedBodyTest {
    private static final int BODY_BYTES_MAX = 1_000;

    private static void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        boolean large = body.length() > BODY_BYTES_MAX;
        String reply = large
                ? "<html>413 Request Entity Too Large</html>"
                : "{\"type\":\"ack\",\"data\":{\"roomId\":\"k\",\"epoch\":\"E\",\"offset\":1}}";
        exchange.getResponseHeaders().set("Content-Type", large ? "text/html" : "application/json");
        exchange.sendResponseHeaders(large ? 413 : 200, reply.length());
        exchange.getResponseBody().write(reply.getBytes(StandardCharsets.UTF_8));
        exchange.close();
    }

    private static ObjectNode publish(int id, String text) {
        ObjectNode message = Json.object().put("type", "message").put("id", id);
        message.putObject("data").put("roomId", "k").put("message", text);
        return message;
    }

    @Test
    void isARefusalOfThatMessageAndNotTheEnd() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/api/messages", RefusedBodyTest::answer);
        server.start();
        List<String> told = new CopyOnWriteArrayList<>();
        try (Loop loop = new LoopThread("test")) {
            Target target = new Target(
                    URI.create("http://127.0.0.1:" + server.getAddress().getPort()), "/chat");
            loop.execute(() -> begin(target, loop, told));
            Await.until("both are answered", () -> told.size() == 2);
            assertThat(told.get(0)).contains("\"error\"", "\"id\":1", "\"body_too_large\"", "\"retry\":false");
            assertThat(told.get(1)).contains("\"ack\"", "\"id\":2");
        } finally {
            server.stop(0);
        }
    }

    private static void begin(Target target, Loop loop, List<String> told) {
        Link[] link = new Link[1];
        link[0] = new PollingTransport(HttpClient.newHttpClient()).open(target, loop, new LinkEvents() {
            @Override
            public void open() {
                link[0].send(publish(1, "x".repeat(1 << 20)));
                link[0].send(publish(2, "short"));
            }

            @Override
            public void message(ObjectNode message) {
                told.add(message.toString());
            }

            @Override
            public void closed(LinkEnd end) {
                told.add("closed: " + end.reason());
            }
        });
    }
}
