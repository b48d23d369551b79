package dev.peal.chat;

import static dev.peal.chat.Frames.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.session.SessionConfig;
import dev.peal.testkit.SessionRig;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** PROMISES 44: a publish that is sent one to three times, over connections that break at any moment, has one copy and one offset; 10,000 publishes, 1,000,000 nightly. */
class PublishOnceTest {
    private static final int PUBLISHES = Boolean.getBoolean("peal.nightly") ? 1_000_000 : 10_000;
    private static final int PER_RUN = 500;

    private static final class Writer {
        private final SessionRig rig;
        private final String name;
        private final Random random;
        private final List<Integer> unanswered = new ArrayList<>();
        private final Map<Integer, Long> acknowledged = new TreeMap<>();
        private SessionRig.Client client;
        private int next;

        Writer(SessionRig rig, String name, Random random) {
            this.rig = rig;
            this.name = name;
            this.random = random;
            this.client = connect();
        }

        private SessionRig.Client connect() {
            return rig.open(random.nextInt(2)).send(authenticate(name)).send(join("k"));
        }

        void publish() {
            int number = next++;
            unanswered.add(number);
            for (int copies = 1 + random.nextInt(3); copies > 0; copies--) {
                send(number);
            }
        }

        private void send(int number) {
            client.send(messageOnce("r" + number, name + "-" + number, "k", name + "-" + number));
        }

        /** The connection is lost, with whatever was on its way to the client; the outbox is sent again. */
        void reconnect() {
            client.breaks();
            client = connect();
            unanswered.forEach(this::send);
        }

        void read() {
            for (String frame : client.take()) {
                assertThat(frame).doesNotContain("\"type\":\"error\"");
                if (frame.startsWith("{\"type\":\"ack\",\"id\":\"r")) {
                    int number = Integer.parseInt(frame.replaceAll(".*\"id\":\"r(\\d+)\".*", "$1"));
                    long offset = Long.parseLong(frame.replaceAll(".*\"offset\":(\\d+).*", "$1"));
                    assertThat(acknowledged.merge(number, offset, (first, again) -> first))
                            .isEqualTo(offset);
                    unanswered.remove((Integer) number);
                }
            }
        }
    }

    @Test
    void eachHasOneCopyAndOneOffset() {
        long seed = Long.getLong("peal.seed", System.nanoTime());
        for (int run = 0; run < PUBLISHES / PER_RUN; run++) {
            try {
                run(new Random(seed + run));
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("seed " + (seed + run), e);
            }
        }
    }

    private static void run(Random random) {
        SessionRig rig = new SessionRig(List.of(new ChatApp()), 2, SessionConfig.DEFAULT);
        SessionRig.Client reader = signedIn(rig, 0, "reader");
        reader.send(join("k")).take();
        List<Writer> writers = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            writers.add(new Writer(rig, "w" + i, random));
        }
        for (int published = 0; published < PER_RUN; ) {
            Writer writer = writers.get(random.nextInt(writers.size()));
            switch (random.nextInt(8)) {
                case 0 -> writer.reconnect();
                case 1 -> rig.step();
                case 2 -> writer.read();
                default -> {
                    writer.publish();
                    published++;
                }
            }
        }
        for (Writer writer : writers) {
            writer.reconnect();
            writer.read();
            assertThat(writer.unanswered).isEmpty();
        }
        Map<String, Long> stored = new HashMap<>();
        for (String frame : reader.take()) {
            if (frame.startsWith("{\"type\":\"message\"")) {
                String text = texts(List.of(frame)).getFirst();
                assertThat(stored.put(text, offsets(List.of(frame)).getFirst()))
                        .as(text)
                        .isNull();
            }
        }
        assertThat(stored).hasSize(PER_RUN);
        for (Writer writer : writers) {
            writer.acknowledged.forEach((number, offset) ->
                    assertThat(stored.get(writer.name + "-" + number)).isEqualTo(offset));
        }
    }
}
