package dev.peal.e2e.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.testkit.fault.ServerProcess;
import dev.peal.testkit.fault.Wire;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** PROMISES 38: one room, many subscribers, a burst of 100: in order, no gap, nothing twice. At a hundredth (the whole with {@code -Dpeal.nightly=true}). */
final class BurstTest {
    private static final int SUBSCRIBERS = Servers.NIGHTLY ? 10_000 : 100;
    private static final int SENDERS = 10;
    private static final int MESSAGES = 100;
    private static final int SILENCE_MILLIS_MAX = 60_000;
    private static final Pattern OFFSET = Pattern.compile("\"offset\":(\\d+)");

    @TempDir
    private Path folder;

    @Test
    void aBurstReachesEverySubscriberInOrder() throws Exception {
        try (ServerProcess server = Servers.on(folder).start();
                ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Wire> members = new ArrayList<>();
            List<Future<List<Long>>> read = new ArrayList<>();
            for (int i = 0; i < SUBSCRIBERS; i++) {
                Wire member = member(server.port());
                members.add(member);
                Callable<List<Long>> reading = () -> offsets(member);
                read.add(readers.submit(reading));
            }
            for (int i = 0; i < MESSAGES; i++) {
                members.get(i % SENDERS)
                        .send("{\"type\":\"message\",\"data\":{\"roomId\":\"k\",\"message\":\"m" + i + "\"}}");
            }
            List<Long> wanted = LongStream.rangeClosed(1, MESSAGES).boxed().toList();
            for (Future<List<Long>> one : read) {
                assertThat(one.get()).isEqualTo(wanted);
            }
            for (Wire member : members) {
                member.close();
            }
        }
    }

    private static Wire member(int port) throws IOException {
        Wire member = Wire.connect(port, SILENCE_MILLIS_MAX);
        member.send("{\"type\":\"join_room\",\"id\":\"j\",\"data\":{\"roomId\":\"k\"}}");
        member.next("joined");
        return member;
    }

    private static List<Long> offsets(Wire member) throws IOException {
        List<Long> offsets = new ArrayList<>();
        while (offsets.size() < MESSAGES) {
            Matcher matcher = OFFSET.matcher(member.next("message"));
            assertThat(matcher.find()).isTrue();
            offsets.add(Long.parseLong(matcher.group(1)));
        }
        return offsets;
    }
}
