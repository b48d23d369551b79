package dev.peal.chat;

import static dev.peal.chat.Frames.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.hub.HubConfig;
import dev.peal.limit.Limit;
import dev.peal.log.Retention;
import dev.peal.protocol.CloseReason;
import dev.peal.session.SessionConfig;
import dev.peal.testkit.SessionRig;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * PROMISES 45: whoever comes back gets all that it missed, in order, and then what is live, or is told that it cannot; never a part. The window of the log is
 * small, so that most absences end near its edge; 1,000 returns, 100,000 nightly. What it says itself while it is given what it missed is acknowledged behind
 * that, once each.
 */
class RecoveryTest {
    private static final int RETURNS = Boolean.getBoolean("peal.nightly") ? 100_000 : 1_000;
    private static final int RETURNS_PER_RIG = 100;
    private static final int WINDOW = 40;
    private static final SessionConfig SMALL_PAGES = SessionRig.config(8, 1 << 20, SessionConfig.Grace.DEFAULT);

    private static SessionRig rig(int loops) {
        return new SessionRig(
                List.of(new ChatApp()),
                loops,
                SMALL_PAGES,
                HubConfig.DEFAULT,
                Limit.UNLIMITED,
                new Retention(Long.MAX_VALUE, WINDOW, Long.MAX_VALUE));
    }

    /** A client library's memory: the last position, and whether what it has is whole. */
    private static final class Reader {
        private final SessionRig rig;
        private final Random random;
        private SessionRig.Client client;
        private String epoch = "";
        private long last;
        private boolean placed;
        private final Set<String> unanswered = new HashSet<>();
        private int said;
        private int recovered;
        private int refused;

        Reader(SessionRig rig, Random random) {
            this.rig = rig;
            this.random = random;
            this.client = open();
        }

        private SessionRig.Client open() {
            placed = false;
            unanswered.clear();
            return signedIn(rig, random.nextInt(2), "reader");
        }

        void comeBack() {
            client = open();
            client.send(epoch.isEmpty() ? joinAsking("j", "k") : joinSince("k", epoch, last));
        }

        void say() {
            String id = "s" + said++;
            unanswered.add(id);
            client.send(messageAsking(id, "k", "mine"));
        }

        void breakOff() {
            read();
            client.breaks();
        }

        /** Every stored push is the next one, an acknowledgement is behind its own; a place that was lost begins anew where {@code joined} says. */
        void read() {
            for (String frame : client.take()) {
                if (frame.startsWith("{\"type\":\"joined\"")) {
                    place(frame);
                } else if (frame.startsWith("{\"type\":\"message\"")) {
                    assertThat(placed).isTrue();
                    assertThat(offsets(List.of(frame))).containsExactly(last + 1);
                    last++;
                } else if (frame.startsWith("{\"type\":\"ack\"")) {
                    long offset = Long.parseLong(frame.replaceAll(".*\"offset\":(\\d+).*", "$1"));
                    assertThat(offset).as("the push comes before: " + frame).isLessThanOrEqualTo(last);
                    assertThat(unanswered.remove(frame.replaceAll(".*\"id\":\"(s\\d+)\".*", "$1")))
                            .as("asked for, once: " + frame)
                            .isTrue();
                }
            }
            if (client.connection().closed() != null) {
                assertThat(client.connection().closed()).isEqualTo(CloseReason.SLOW_READER);
                comeBack();
            } else {
                assertThat(unanswered).as("not acknowledged").isEmpty();
            }
        }

        private void place(String frame) {
            placed = true;
            long newest = Long.parseLong(frame.replaceAll(".*\"offset\":(\\d+).*", "$1"));
            if (frame.contains("\"recovered\":true")) {
                recovered++;
                return;
            }
            if (!epoch.isEmpty()) {
                refused++;
                long oldest = Long.parseLong(frame.replaceAll(".*\"oldest\":(\\d+).*", "$1"));
                assertThat(frame).contains("history_trimmed");
                assertThat(last).as("what is held is never refused").isLessThan(oldest - 1);
            }
            epoch = epoch(List.of(frame));
            last = newest;
        }
    }

    @Test
    void allOfItInOrderOrNothingAndSaidSo() {
        long seed = Long.getLong("peal.seed", System.nanoTime());
        int recovered = 0;
        int refused = 0;
        for (int run = 0; run < RETURNS / RETURNS_PER_RIG; run++) {
            Random random = new Random(seed + run);
            SessionRig rig = rig(2);
            Reader reader = new Reader(rig, random);
            try {
                comeAndGo(rig, reader, random);
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("seed " + (seed + run), e);
            }
            recovered += reader.recovered;
            refused += reader.refused;
        }
        assertThat(recovered).isGreaterThan(RETURNS / 4);
        assertThat(refused).isGreaterThan(RETURNS / 20);
    }

    private static void comeAndGo(SessionRig rig, Reader reader, Random random) {
        SessionRig.Client writer = signedIn(rig, 0, "writer");
        writer.send(join("k"));
        reader.comeBack();
        reader.read();
        for (int i = 0; i < RETURNS_PER_RIG; i++) {
            reader.breakOff();
            write(rig, writer, random, missed(random), 0);
            rig.settle();
            reader.comeBack();
            // What is written while it replays meets it at the boundary from recovery to live.
            for (int part = random.nextInt(4); part > 0; part--) {
                write(rig, writer, random, random.nextInt(5), 3);
                reader.say();
            }
            write(rig, writer, random, random.nextInt(5), 3);
            reader.read();
        }
        reader.read();
        writer.send(message("k", "last"));
        reader.read();
        assertThat(offsets(writer.take())).last().isEqualTo(reader.last);
    }

    /** Half of the absences end at the edge of the window or next to it. */
    private static int missed(Random random) {
        return random.nextBoolean() ? WINDOW - 1 + random.nextInt(3) : random.nextInt(WINDOW * 5 / 4);
    }

    private static void write(SessionRig rig, SessionRig.Client writer, Random random, int count, int stepsMax) {
        for (int i = 0; i < count; i++) {
            writer.send(message("k", "m"));
            for (int steps = random.nextInt(stepsMax + 1); steps > 0; steps--) {
                rig.step();
            }
        }
    }

    @Test
    void theEdgeOfTheWindowIsExact() {
        for (int missed = WINDOW - 2; missed <= WINDOW + 2; missed++) {
            SessionRig rig = rig(1);
            SessionRig.Client writer = signedIn(rig, 0, "writer");
            String epoch = epoch(writer.send(joinAsking("j", "k")).take());
            write(rig, writer, new Random(1), 10 + missed, 0);
            rig.settle();
            List<String> frames =
                    signedIn(rig, 0, "reader").send(joinSince("k", epoch, 10)).take();
            if (missed <= WINDOW) {
                assertThat(frames.getFirst()).contains("\"recovered\":true");
                assertThat(offsets(frames)).hasSize(missed).startsWith(11L).endsWith(10L + missed);
            } else {
                assertThat(frames)
                        .singleElement()
                        .asString()
                        .contains("history_trimmed", "\"oldest\":" + (missed + 11 - WINDOW));
            }
        }
    }
}
