package dev.peal.testkit.sse;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An event stream over a real socket, its messages in a queue. Thread-safe. */
public final class EventStreamClient implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 60;

    /** A message, and what a reconnection after it would send. */
    public record Message(JsonNode json, String type, String lastEventId) {}

    private final HttpResponse<InputStream> response;
    private final EventStreamParser parser = new EventStreamParser();
    private final BlockingQueue<Message> received = new LinkedBlockingQueue<>();
    private final CountDownLatch ended = new CountDownLatch(1);

    private EventStreamClient(HttpResponse<InputStream> response) {
        this.response = response;
    }

    /**
     * Opens a stream.
     *
     * @param headers names and values in turn
     */
    public static EventStreamClient open(HttpClient http, URI uri, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri);
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            EventStreamClient client =
                    new EventStreamClient(http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream()));
            Thread.ofVirtual().name("event stream").start(client::pump);
            return client;
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private void pump() {
        byte[] buffer = new byte[8_192];
        try (InputStream in = response.body()) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                take(buffer, read);
            }
        } catch (IOException e) {
            // The end of a stream, as good as any other.
        } finally {
            ended.countDown();
        }
    }

    private synchronized void take(byte[] buffer, int length) {
        parser.read(buffer, 0, length);
        for (EventStreamParser.Event event : parser.take()) {
            received.add(new Message(JsonMapper.shared().readTree(event.data()), event.type(), event.lastEventId()));
        }
    }

    public int status() {
        return response.statusCode();
    }

    public HttpResponse<InputStream> response() {
        return response;
    }

    /** What a reconnection would send now. */
    public synchronized String lastEventId() {
        return parser.lastEventId();
    }

    public synchronized long retryMillis() {
        return parser.retryMillis();
    }

    /** The next message of a type; those before it are passed over. */
    public JsonNode await(String type) {
        return awaitMessage(type).json();
    }

    /** As {@link #await}, with what goes with it. */
    public Message awaitMessage(String type) {
        List<String> passed = new ArrayList<>();
        try {
            while (true) {
                Message next = received.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
                if (next == null) {
                    throw new AssertionError("no " + type + " came, but " + passed);
                }
                passed.add(next.json().toString());
                if (next.json().path("type").asString().equals(type)) {
                    return next;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Code and reason of the event that says why the stream ends; then it has ended. */
    public String awaitClose() {
        JsonNode data = await("close").path("data");
        awaitEnd();
        return data.path("code").asInt() + " " + data.path("reason").asString();
    }

    /** Waits for the end of the bytes. */
    public void awaitEnd() {
        try {
            if (!ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("the stream did not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** What came and was not asked for yet. */
    public List<JsonNode> rest() {
        List<Message> all = new ArrayList<>();
        received.drainTo(all);
        return all.stream().map(Message::json).toList();
    }

    @Override
    public void close() {
        try {
            response.body().close();
        } catch (IOException e) {
            // It is gone: that was wanted.
        }
    }
}
