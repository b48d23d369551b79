package dev.peal.e2e.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.testkit.Await;
import dev.peal.testkit.fault.ServerProcess;
import dev.peal.testkit.fault.Wire;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * PROMISES 45: at the edge of what is held, and one before and one behind it, a return gets all or is told that it does not; and so does one that is overtaken by the
 * edge while it reads.
 */
final class RetentionEdgeTest {
    private static final String TEXT = "x".repeat(990);
    private static final int ENTRIES = 1_500;

    /** As many bytes as a text may have; and twice as many entries of it as the sockets of one connection hold (some 3 MB) and are kept. */
    private static final String LONG_TEXT = Character.toString(0x1F600).repeat(990);

    private static final int LONG_ENTRIES = 2_400;
    private static final int PAGE = 20;
    private static final int CUTS_MAX = 5;
    private static final int CASES = Servers.NIGHTLY ? 10_000 : 100;
    private static final int CASES_MAX = 20 * CASES;
    private static final Pattern OLDEST = Pattern.compile("\"oldest\":(\\d+)");
    private static final Pattern OFFSET = Pattern.compile("\"offset\":(\\d+)");
    private static final Pattern EPOCH = Pattern.compile("\"epoch\":\"([^\"]+)\"");

    private record Reply(boolean recovered, String text) {
        long oldest() throws IOException {
            return number(OLDEST, text);
        }

        long newest() throws IOException {
            return number(OFFSET, text);
        }
    }

    @Test
    void aReturnGetsAllOrIsTold(@TempDir Path folder) throws IOException {
        Random random = new Random(Servers.seed("retention edge"));
        try (ServerProcess server =
                        Servers.on(folder, "--log.retention.bytes=1MiB").start();
                Wire writer = Wire.connect(server.port(), 20_000)) {
            String epoch = text(EPOCH, join(writer, Optional.empty()).text());
            write(writer, TEXT, ENTRIES);
            Await.until("the oldest are trimmed", () -> edge(server, epoch) > 1);
            boolean atEdge = false;
            boolean beforeEdge = false;
            // Where the machine is busy the edge may move under every return of the first hundred.
            for (int i = 0; i < CASES || (!(atEdge && beforeEdge) && i < CASES_MAX); i++) {
                if (i % 10 == 9) {
                    write(writer, TEXT, random.nextInt(50));
                }
                long oldest = edge(server, epoch);
                // A page that was read a moment ago may still be given, and then nothing is trimmed yet.
                long since = Math.max(0, oldest - 1 + random.nextInt(-1, 2));
                boolean recovered = returnAt(server, epoch, since);
                atEdge |= recovered && since == oldest - 1;
                beforeEdge |= !recovered && since == oldest - 2;
            }
            assertThat(atEdge).as("all was given at the edge").isTrue();
            assertThat(beforeEdge).as("a loss was told one before it").isTrue();
        }
    }

    /** It reads so slowly that what it still lacks is trimmed: it is cut off behind what it was given without a hole, and told once it is back. */
    @Test
    void whoIsOvertakenByTheEdgeIsCutOffAndTold(@TempDir Path folder) throws IOException {
        try (ServerProcess server =
                        Servers.on(folder, "--log.retention.bytes=8MiB").start();
                Wire writer = Wire.connect(server.port(), 20_000);
                Wire reader = Wire.connect(server.port(), 20_000)) {
            String epoch = text(EPOCH, join(writer, Optional.empty()).text());
            write(writer, LONG_TEXT, LONG_ENTRIES);
            Await.until("the oldest are trimmed", () -> edge(server, epoch) > 1);
            long has = LONG_ENTRIES / 2;
            assertThat(join(reader, at(epoch, has)).recovered()).isTrue();
            write(writer, LONG_TEXT, LONG_ENTRIES);
            long wanted = has + LONG_ENTRIES / 2;
            Await.until("what it reads is trimmed", () -> edge(server, epoch) > wanted);
            try {
                while (true) {
                    assertThat(number(OFFSET, reader.next("message"))).isEqualTo(has + 1);
                    has++;
                }
            } catch (EOFException cut) {
                assertThat(cut).hasMessageContaining("4001");
            }
            assertThat(has).as("given without a hole").isBetween(wanted - LONG_ENTRIES / 2 + 1, wanted);
            assertThat(returnAt(server, epoch, has)).as("told of no loss").isFalse();
        }
    }

    /**
     * Comes back and reads on; false where it was told of a loss. What is trimmed while it is sent ends the connection with 4001: then it comes back once more
     * from where it is, as every client does.
     */
    private static boolean returnAt(ServerProcess server, String epoch, long since) throws IOException {
        long has = since;
        long wanted = Long.MAX_VALUE;
        for (int cuts = 0; cuts < CUTS_MAX; cuts++) {
            try (Wire reader = Wire.connect(server.port(), 20_000)) {
                Reply reply = join(reader, at(epoch, has));
                if (!reply.recovered()) {
                    assertThat(reply.text()).contains("\"reason\":\"history_trimmed\"");
                    assertThat(reply.oldest()).isGreaterThan(has + 1);
                    return false;
                }
                // Some read it all: a whole replay takes longer than its beginning, and a hole is as likely there.
                wanted = Math.min(wanted, since % 8 == 0 ? reply.newest() : Math.min(reply.newest(), since + PAGE));
                while (has < wanted) {
                    assertThat(number(OFFSET, reader.next("message"))).isEqualTo(has + 1);
                    has++;
                }
                return true;
            } catch (EOFException cut) {
                assertThat(cut).hasMessageContaining("4001");
            }
        }
        throw new AssertionError("cut off " + CUTS_MAX + " times, at last at " + has);
    }

    private static long edge(ServerProcess server, String epoch) {
        try (Wire wire = Wire.connect(server.port(), 20_000)) {
            Reply reply = join(wire, at(epoch, 0));
            return reply.recovered() ? 1 : reply.oldest();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Optional<String> at(String epoch, long offset) {
        return Optional.of("{\"epoch\":\"" + epoch + "\",\"offset\":" + offset + "}");
    }

    private static void write(Wire writer, String text, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            writer.send("{\"type\":\"message\",\"id\":" + i + ",\"data\":{\"roomId\":\"edge\",\"message\":\"" + text
                    + "\"}}");
            if (i % 100 == 99) {
                for (int acks = 0; acks < 100; acks++) {
                    writer.next("ack");
                }
            }
        }
        for (int acks = 0; acks < count % 100; acks++) {
            writer.next("ack");
        }
    }

    private static Reply join(Wire wire, Optional<String> since) throws IOException {
        wire.send("{\"type\":\"join_room\",\"id\":\"j\",\"data\":{\"roomId\":\"edge\""
                + since.map(position -> ",\"since\":" + position).orElse("") + "}}");
        String reply = wire.next("joined");
        return new Reply(reply.contains("\"recovered\":true"), reply);
    }

    private static long number(Pattern pattern, String frame) throws IOException {
        return Long.parseLong(text(pattern, frame));
    }

    private static String text(Pattern pattern, String frame) throws IOException {
        Matcher matcher = pattern.matcher(frame);
        if (!matcher.find()) {
            throw new IOException("no " + pattern + " in " + frame);
        }
        return matcher.group(1);
    }
}
