package dev.peal.e2e.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.auth.ApiKey;
import dev.peal.auth.ApiKeyFile;
import dev.peal.auth.ApiScope;
import dev.peal.testkit.Await;
import dev.peal.testkit.fault.Island;
import dev.peal.testkit.fault.ServerProcess;
import dev.peal.testkit.sse.EventStreamClient;
import dev.peal.transport.TransportKind;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/**
 * PROMISES 50 for clients that only read: the cable to the readers of event streams and to waiting polls is pulled. They say nothing when they are well, so a proxy,
 * whose kernel acknowledges everything, cannot show this; a network of its own can.
 */
final class VanishedReadersTest {
    private static final Duration NOTICED_MAX = Duration.ofSeconds(40);
    private static final Duration LEFT_MAX = Duration.ofSeconds(60);

    /** Before its own time of 60 s is up. */
    private static final Duration POLL_OVER_MAX = Duration.ofSeconds(50);

    private static final Duration OUTAGE = Servers.NIGHTLY ? Duration.ofSeconds(5) : Duration.ofSeconds(1);

    /** As shipped at night. By day: noticed after 4 s at most, and gone from the room a second later. */
    private static final String[] TIMES = Servers.NIGHTLY
            ? new String[0]
            : new String[] {
                "--heartbeat.interval=2s", "--heartbeat.timeout=1s", "--events.heartbeat=1s", "--session.grace=1s"
            };

    @TempDir
    private Path folder;

    private final HttpClient http = HttpClient.newHttpClient();
    private final ApiKey.Made key = ApiKey.make("test", EnumSet.allOf(ApiScope.class), 0);

    @AfterEach
    void stop() {
        http.shutdownNow();
    }

    /** A server on an island, the cable that will be pulled, and one beside it. */
    private record Shore(Island island, Island.Cable far, Island.Cable near, ServerProcess server)
            implements AutoCloseable {
        @Override
        public void close() {
            server.close();
            island.close();
        }
    }

    /** Nothing where this machine cannot: then the test says so. */
    private Optional<Shore> land(TransportKind transport, String... times) throws IOException {
        Optional<Island> risen = transport.unavailable().isPresent() ? Optional.empty() : Island.rise();
        if (risen.isEmpty()) {
            System.out.println("not run: needs root, ip, unshare, nsenter and " + transport.label());
            return Optional.empty();
        }
        Island island = risen.get();
        Island.Cable far = island.cable();
        Island.Cable near = island.cable();
        Path data = Files.createDirectories(Servers.data(folder));
        ApiKeyFile.in(data).change(keys -> List.of(key.key()));
        String hosts = far.island() + "," + near.island();
        List<String> options = new ArrayList<>(List.of(
                "--server.host=" + hosts,
                "--server.publicHosts=" + hosts,
                "--server.plaintext=true",
                "--auth.openToNetwork=true",
                "--server.transport=" + transport.name().toLowerCase(Locale.ROOT)));
        options.addAll(List.of(times));
        ServerProcess server = Servers.on(
                folder, new ServerProcess.Place(island.there(), near.island()), options.toArray(String[]::new));
        return Optional.of(new Shore(island, far, near, server.start()));
    }

    @ParameterizedTest
    @EnumSource(names = {"IO_URING", "EPOLL", "NIO"})
    void theVanishedAreNoticedAndLeave(TransportKind transport) throws IOException {
        Optional<Shore> landed = land(transport, TIMES);
        if (landed.isEmpty()) {
            return;
        }
        try (Shore shore = landed.get();
                EventStreamClient observer = stream(shore, shore.near(), "observer", false)) {
            observer.await("joined");
            CompletableFuture<?> poll = poll(shore);
            Await.until("the poll waits", () -> figure(shore, "peal_polls_waiting") == 1);
            // With NIO nobody can say how long the kernel may try to deliver what a stream carries.
            List<String> readers = transport == TransportKind.NIO ? List.of() : List.of("alone", "in-session");
            for (String reader : readers) {
                stream(shore, shore.far(), reader, reader.equals("in-session")).await("joined");
                observer.await("user_joined");
            }
            shore.far().pull();
            long began = System.nanoTime();
            Await.until("the poll is over", POLL_OVER_MAX, () -> figure(shore, "peal_polls_waiting") == 0);
            Duration pollOver = since(began);
            for (String reader : readers) {
                JsonNode left = observer.await("user_left");
                assertThat(left.at("/data/userId").asString()).isEqualTo(reader);
                Duration took = since(began);
                System.out.printf("%s: %s left after %d ms%n", transport.label(), reader, took.toMillis());
                if (Servers.NIGHTLY) {
                    assertThat(took).isLessThan(reader.equals("alone") ? NOTICED_MAX : LEFT_MAX);
                }
            }
            System.out.printf("%s: the poll was over after %d ms%n", transport.label(), pollOver.toMillis());
            if (Servers.NIGHTLY) {
                assertThat(pollOver).isLessThan(NOTICED_MAX);
            }
            Await.until("their sessions are gone", () -> figure(shore, "peal_sessions") == 1);
            say(shore, "still here");
            assertThat(observer.await("message").at("/data/message").asString()).isEqualTo("still here");
            assertThat(poll.isDone()).isFalse();
        }
    }

    @Test
    void aShortOutageLosesNothingAndIsNotEvenNoticed() throws IOException {
        Optional<Shore> landed = land(TransportKind.EPOLL);
        if (landed.isEmpty()) {
            return;
        }
        try (Shore shore = landed.get();
                EventStreamClient reader = stream(shore, shore.far(), "reader", false)) {
            reader.await("joined");
            shore.far().pull();
            long began = System.nanoTime();
            for (int i = 0; i < 20; i++) {
                say(shore, "m" + i);
            }
            Await.until("it lasts a while", () -> since(began).compareTo(OUTAGE) > 0);
            assertThat(reader.rest()).isEmpty();
            shore.far().plug();
            for (int i = 0; i < 20; i++) {
                assertThat(reader.next().orElseThrow().at("/data/message").asString())
                        .isEqualTo("m" + i);
            }
            assertThat(figure(shore, "peal_streams")).isEqualTo(1);
        }
    }

    private static Duration since(long beganNanos) {
        return Duration.ofNanos(System.nanoTime() - beganNanos);
    }

    private static URI uri(Shore shore, Island.Cable cable, String path) {
        return URI.create("http://" + cable.island() + ":" + shore.server().port() + path);
    }

    private EventStreamClient stream(Shore shore, Island.Cable cable, String user, boolean session) {
        String body = "{\"userId\":\"" + user + "\",\"session\":" + session + "}";
        String ticket = send(post(uri(shore, cable, "/api/ticket"), body))
                .body()
                .replaceAll(".*\"ticket\":\"([^\"]+)\".*", "$1");
        return EventStreamClient.open(http, uri(shore, cable, "/events?room=a&ticket=" + ticket));
    }

    private CompletableFuture<?> poll(Shore shore) {
        String position = send(get(uri(shore, shore.far(), "/api/messages?room=a")))
                .headers()
                .firstValue("Peal-Position")
                .orElseThrow();
        URI waits = uri(shore, shore.far(), "/api/messages?room=a&wait=60&since=" + position);
        return http.sendAsync(get(waits), HttpResponse.BodyHandlers.ofString());
    }

    private void say(Shore shore, String text) {
        String message =
                "{\"type\":\"message\",\"data\":{\"roomId\":\"a\",\"message\":\"" + text + "\",\"userId\":\"u\"}}";
        assertThat(send(post(uri(shore, shore.near(), "/api/messages"), message))
                        .statusCode())
                .isEqualTo(200);
    }

    private double figure(Shore shore, String name) {
        HttpRequest request = HttpRequest.newBuilder(uri(shore, shore.near(), "/metrics"))
                .header("Authorization", "Bearer " + key.text())
                .build();
        Matcher line = Pattern.compile("(?m)^" + name + " ([0-9.]+)")
                .matcher(send(request).body());
        assertThat(line.find()).as(name).isTrue();
        return Double.parseDouble(line.group(1));
    }

    private static HttpRequest get(URI uri) {
        return HttpRequest.newBuilder(uri).build();
    }

    private static HttpRequest post(URI uri, String body) {
        return HttpRequest.newBuilder(uri)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
