package dev.peal.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.client.json.Json;
import dev.peal.client.link.LinkEnd;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** PROMISES 71: a thousand clients do not come back all at once. No second has more than 15 % of them. */
final class ReconnectSpreadTest {
    private static final int CLIENTS = 1_000;
    private static final double SHARE_MAX = 0.15;

    /** A server that is gone for a while: by the time it is back, the waits have grown apart. */
    @Test
    void afterAnOutageTheyComeBackSpread() {
        for (int outageSeconds : List.of(30, 60, 300)) {
            long seed = System.nanoTime();
            List<Long> returns = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                returns.add(returnAfter(outageSeconds * 1_000L, new Random(seed + i)));
            }
            assertThat(fullest(returns))
                    .as("outage of %d s, seed %d", outageSeconds, seed)
                    .isLessThanOrEqualTo(SHARE_MAX);
        }
    }

    private static long returnAfter(long outageMillis, Random random) {
        ManualLoop loop = new ManualLoop();
        ScriptedTransport transport = new ScriptedTransport("websocket");
        PealClient.builder("http://scripted")
                .transports(transport)
                .loop(loop)
                .callbacks(loop)
                .random(random)
                .connect();
        loop.run();
        transport.opened();
        while (loop.millis() < outageMillis) {
            transport.ends(1006, "", LinkEnd.Progress.UNREACHED);
            while (transport.opened() == 0) {
                loop.pass(10);
            }
        }
        return loop.millis();
    }

    /** A server that restarts in good order names a slot to each: the client keeps it to the millisecond. */
    @Test
    void announcedSlotsAreKept() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<Long> returns = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            long slot = random.nextInt(10_000);
            ManualLoop loop = new ManualLoop();
            ScriptedTransport transport = signedIn(loop, new Random(seed + i));
            transport
                    .events()
                    .message(Json.read("{\"type\":\"reconnect\",\"data\":{\"afterMs\":" + slot + "}}")
                            .orElseThrow());
            transport.ends(1012, "restart", LinkEnd.Progress.OPENED);
            long began = loop.millis();
            loop.pass(Math.max(0, slot - 1));
            assertThat(transport.opened()).as("slot %d, too early", slot).isEqualTo(slot == 0 ? 1 : 0);
            loop.pass(1);
            assertThat(transport.opened()).as("slot %d", slot).isEqualTo(slot == 0 ? 0 : 1);
            returns.add(loop.millis() - began);
        }
        assertThat(fullest(returns)).as("seed %d", seed).isLessThanOrEqualTo(SHARE_MAX);
    }

    private static ScriptedTransport signedIn(ManualLoop loop, Random random) {
        ScriptedTransport transport = new ScriptedTransport("websocket");
        PealClient.builder("http://scripted")
                .transports(transport)
                .loop(loop)
                .callbacks(loop)
                .random(random)
                .connect();
        loop.run();
        transport.opened();
        transport.events().open();
        transport
                .events()
                .message(Json.read("{\"type\":\"authenticated\",\"id\":\"signin\",\"data\":{\"success\":true}}")
                        .orElseThrow());
        return transport;
    }

    /** The share of the second that has most of them. */
    private static double fullest(List<Long> millis) {
        Map<Long, Integer> seconds = new HashMap<>();
        millis.forEach(at -> seconds.merge(at / 1_000, 1, Integer::sum));
        return seconds.values().stream().mapToInt(Integer::intValue).max().orElse(0) / (double) millis.size();
    }
}
