package dev.peal.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.peal.auth.RoomGlobs;
import dev.peal.server.config.Config;
import dev.peal.server.config.Setting;
import dev.peal.testkit.Await;
import dev.peal.testkit.fault.Fleet;
import dev.peal.testkit.fault.ResumingClient;
import dev.peal.testkit.fault.RoomReading;
import dev.peal.testkit.fault.Wire;
import dev.peal.time.Clock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * PROMISES 49: the machine's wall clock jumps under load, forward, backwards, and drifts. Nobody is thrown out for it, and tokens are judged by it, within their
 * leeway.
 */
final class ClockJumpTest {
    private static final int CLIENTS = 50;
    private static final int TOKEN_EXPIRED = 4401;
    private static final int SILENCE_MILLIS_MAX = 20_000;
    private static final long HOUR = Duration.ofHours(1).toMillis();
    private static final long LONG_LIVED = Duration.ofHours(12).toMillis();

    @TempDir
    private Path folder;

    private final JumpingClock clock = new JumpingClock();

    /** The machine's clock, and a wall clock that is off by as much as it is told to be. */
    private static final class JumpingClock implements Clock {
        private final AtomicLong offMillis = new AtomicLong();

        @Override
        public long millis() {
            return SYSTEM.millis() + offMillis.get();
        }

        @Override
        public long nanos() {
            return SYSTEM.nanos();
        }

        void jump(long millis) {
            offMillis.addAndGet(millis);
        }
    }

    private PealServer start() {
        return PealServer.builder()
                .set("server.port", "0")
                .set("server.data", folder.resolve("data").toString())
                .set("limits.connectionsPerAddress", "1000")
                .set("rate.message", "1000000/1s")
                .set("heartbeat.interval", "1s")
                .set("heartbeat.timeout", "500ms")
                .clock(clock)
                .start();
    }

    private Optional<String> token(String user, long lifetimeMillis) {
        Path data = folder.resolve("data");
        Config config = Config.of(Map.of("server.data", new Setting(data.toString(), "test")));
        return Optional.of(
                Accounts.minter(config, data, clock).mint(user, Optional.empty(), lifetimeMillis, RoomGlobs.ALL));
    }

    @Test
    void nobodyIsThrownOutAndOffsetsGoOn() throws IOException {
        Fleet.Shape shape = Fleet.Shape.of("jump", CLIENTS, 10).withTokens(user -> token(user, LONG_LIVED));
        try (PealServer server = start();
                Fleet fleet = Fleet.launch(shape, 1, server.port())) {
            fleet.clients().subList(0, 10).forEach(client -> client.publishing(1, Integer.MAX_VALUE));
            for (long jump : new long[] {HOUR, -HOUR, -HOUR, 2 * HOUR}) {
                fleet.awaitAcked(300);
                clock.jump(jump);
            }
            for (int i = 0; i < 20; i++) {
                fleet.awaitAcked(5);
                clock.jump(i % 2 == 0 ? 500 : -500);
            }
            awaitHeartbeats(); // only what lies behind a whole one shows that none was missed
            clock.jump(-HOUR); // the tokens are valid where the history is read
            assertThat(fleet.anomalies(server.port())).isEmpty();
            assertThat(fleet.clients()).extracting(ResumingClient::joins).containsOnly(1);
        }
    }

    /** Heartbeats go by another clock: one that went by this would ask nobody for an hour. */
    @Test
    void whoVanishesIsNoticedWhenTheClockWentBack() throws IOException {
        try (PealServer server = start();
                Wire observer = Wire.connect(server.port(), SILENCE_MILLIS_MAX);
                Wire mute = Wire.connect(server.port(), SILENCE_MILLIS_MAX)) {
            join(observer, "observer");
            join(mute, "mute"); // and reads nothing from now on, so that it answers no ping
            clock.jump(-HOUR);
            assertThat(observer.next("user_left")).contains("\"userId\":\"mute\"");
        }
    }

    private void join(Wire wire, String user) throws IOException {
        String token = token(user, LONG_LIVED).orElseThrow();
        wire.send("{\"type\":\"authenticate\",\"data\":{\"token\":\"" + token + "\"}}");
        wire.send("{\"type\":\"join_room\",\"id\":\"j\",\"data\":{\"roomId\":\"k\"}}");
        wire.next("joined");
    }

    private static void awaitHeartbeats() {
        long end = System.nanoTime() + Duration.ofSeconds(2).toNanos();
        Await.until("two heartbeats have passed", () -> System.nanoTime() > end);
    }

    @Test
    void tokensAreJudgedByTheClockWithinTheirLeeway() throws IOException {
        try (PealServer server = start();
                ResumingClient client = ResumingClient.open(
                        new ResumingClient.Settings(server.port(), "short", token("short", 600_000), "k", 1, 20, 1))) {
            client.publishing(1, Integer.MAX_VALUE);
            Optional<String> other = token("other", 600_000);
            Await.until("it is there", () -> client.acked() > 0);
            clock.jump(640_000); // expired for 40 s
            awaitHeartbeats(); // with each of them the token is looked at
            int before = client.acked();
            Await.until("it goes on within the leeway", () -> client.acked() >= before + 200);
            assertThat(client.joins()).isEqualTo(1);
            assertThat(RoomReading.of(server.port(), other, "k").newest()).isGreaterThanOrEqualTo(before);

            clock.jump(30_000); // and for 70 s
            assertThatThrownBy(() -> RoomReading.of(server.port(), other, "k")).hasMessage("cannot read k");
            Await.until(
                    "its time is over",
                    () -> client.endings().stream().anyMatch(ending -> ending.closeCode() == TOKEN_EXPIRED));
        }
    }
}
