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

/** A stream whose connection has died without a word, while posts are answered beside it: no ping finds that. */
final class SilentStreamTest {
    private static final int HURRY = 100;

    /** A loop on which time passes a hundred times as fast. */
    private record Hurried(Loop inner) implements Loop {
        @Override
        public void execute(Runnable task) {
            inner.execute(task);
        }

        @Override
        public Timer after(long millis, Runnable task) {
            return inner.after(millis / HURRY, task);
        }

        @Override
        public long nanos() {
            return inner.nanos() * HURRY;
        }

        @Override
        public boolean owns() {
            return inner.owns();
        }

        @Override
        public void close() {
            inner.close();
        }
    }

    private static void answer(HttpExchange exchange, String type, String body, boolean ends) throws IOException {
        exchange.getRequestBody().readAllBytes();
        exchange.getResponseHeaders().set("Content-Type", type);
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, ends ? bytes.length : 0);
        exchange.getResponseBody().write(bytes);
        exchange.getResponseBody().flush();
        if (ends) {
            exchange.close();
        }
    }

    @Test
    void isOver() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext(
                "/api/ticket", exchange -> answer(exchange, "application/json", "{\"ticket\":\"t\"}", true));
        server.createContext(
                "/events",
                exchange -> answer(
                        exchange,
                        "text/event-stream",
                        "data: {\"type\":\"authenticated\",\"data\":{\"success\":true,\"sessionId\":\"S\"}}\n\n",
                        false));
        server.start();
        List<String> told = new CopyOnWriteArrayList<>();
        try (Loop loop = new Hurried(new LoopThread("test"))) {
            Target target = new Target(
                    URI.create("http://127.0.0.1:" + server.getAddress().getPort()), "/chat");
            loop.execute(() -> begin(target, loop, told));
            Await.until("the link is over", () -> told.size() == 2);
            assertThat(told).containsExactly("authenticated", "the stream is silent");
        } finally {
            server.stop(0);
        }
    }

    private static void begin(Target target, Loop loop, List<String> told) {
        Link[] link = new Link[1];
        link[0] = new SseTransport(HttpClient.newHttpClient()).open(target, loop, new LinkEvents() {
            @Override
            public void open() {
                link[0].send(Json.read("{\"type\":\"authenticate\",\"id\":1,\"data\":{\"session\":true}}")
                        .orElseThrow());
            }

            @Override
            public void message(ObjectNode message) {
                told.add(message.path("type").stringValue(""));
            }

            @Override
            public void closed(LinkEnd end) {
                told.add(end.reason());
            }
        });
    }
}
