package dev.peal.e2e.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.testkit.Await;
import dev.peal.testkit.fault.ServerProcess;
import dev.peal.testkit.fault.Wire;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * PROMISES 25 over sockets: one who sends a hundred times what is allowed, on two connections, is limited at once, and nobody else is. At a tenth (the whole with
 * {@code -Dpeal.nightly=true}, where the others' waits for an acknowledgement with and without the abuser are compared).
 */
final class AbuserTest {
    private static final int USERS = Servers.NIGHTLY ? 1_000 : 100;
    private static final int MESSAGES = Servers.NIGHTLY ? 10_000 : 500;
    private static final int ROOM = 20;
    private static final int EVERY_MICROS = 2_000;
    private static final int LIMIT_PER_SECOND = 20;
    private static final int ABUSE_EVERY_MICROS = 500;
    private static final int SILENCE_MILLIS_MAX = 60_000;
    private static final double SLOWER_MAX = 1.5;

    @TempDir
    private Path folder;

    /** Somebody in a room, and what became of the messages. */
    private static final class User implements AutoCloseable {
        private static final String ACK = "{\"type\":\"ack\",\"id\":\"";

        private final Wire wire;
        private final String room;
        private final Map<String, Long> sent = new ConcurrentHashMap<>();
        private final ConcurrentLinkedQueue<Long> waits = new ConcurrentLinkedQueue<>();
        private final AtomicInteger limited = new AtomicInteger();
        private final AtomicInteger said = new AtomicInteger();
        private final AtomicLong limitedAtNanos = new AtomicLong();

        private User(int port, String name, String room) throws IOException {
            this.wire = Wire.connect(port, SILENCE_MILLIS_MAX);
            this.room = room;
            wire.send("{\"type\":\"authenticate\",\"data\":{\"userId\":\"" + name + "\"}}");
            wire.send("{\"type\":\"join_room\",\"id\":\"j\",\"data\":{\"roomId\":\"" + room + "\"}}");
            wire.next("joined");
            Thread.startVirtualThread(this::listen);
        }

        private void say() {
            String id = "m" + said.getAndIncrement();
            sent.put(id, System.nanoTime());
            try {
                wire.send("{\"type\":\"message\",\"id\":\"" + id + "\",\"data\":{\"roomId\":\"" + room
                        + "\",\"message\":\"m\"}}");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private void listen() {
            try {
                for (Optional<String> frame = wire.next(); frame.isPresent(); frame = wire.next()) {
                    take(frame.get());
                }
            } catch (IOException e) {
                // closed at the end; whoever waits for an answer is told that it did not come
            }
        }

        private void take(String frame) {
            if (frame.startsWith(ACK)) {
                Long at = sent.remove(frame.substring(ACK.length(), frame.indexOf('"', ACK.length())));
                if (at != null) {
                    waits.add(System.nanoTime() - at);
                }
            } else if (frame.contains("\"rate_limited\"")) {
                limitedAtNanos.compareAndSet(0, System.nanoTime());
                limited.incrementAndGet();
            }
        }

        @Override
        public void close() throws IOException {
            wire.close();
        }
    }

    @Test
    void theAbuserIsLimitedAndNobodyElse() throws IOException {
        String limit = "--rate.message=" + LIMIT_PER_SECOND + "/1s";
        List<User> users = new ArrayList<>();
        try (ServerProcess server = Servers.on(folder, limit).start();
                ScheduledExecutorService pace = Executors.newScheduledThreadPool(2);
                User one = new User(server.port(), "abuser", "room-0");
                User other = new User(server.port(), "abuser", "room-0")) {
            for (int i = 0; i < USERS; i++) {
                users.add(new User(server.port(), "u" + i, "room-" + i / ROOM));
            }
            long calm = slowestOfHundred(users, pace);

            List<User> abuser = List.of(one, other);
            AtomicInteger abuses = new AtomicInteger();
            long began = System.nanoTime();
            Future<?> abusing = pace.scheduleAtFixedRate(
                    () -> abuser.get(abuses.getAndIncrement() % 2).say(), 0, ABUSE_EVERY_MICROS, TimeUnit.MICROSECONDS);
            Await.until("the abuser is limited", () -> abuser.stream().anyMatch(user -> user.limited.get() > 0));
            long loud = slowestOfHundred(users, pace);
            abusing.cancel(false);
            Await.until("the abuser is answered", () -> limited(abuser) + accepted(abuser) == said(abuser));
            long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began);
            long limitedAfter = abuser.stream()
                    .mapToLong(user -> user.limitedAtNanos.get() - began)
                    .min()
                    .orElseThrow();
            System.out.printf(
                    "abuser: limited after %d ms, %d of %d accepted in %d s; the others' p99 %.1f ms, without it %.1f ms%n",
                    limitedAfter / 1_000_000, accepted(abuser), said(abuser), seconds, loud / 1e6, calm / 1e6);
            assertThat(limited(users)).as("of the others").isZero();
            assertThat(accepted(abuser)).isLessThanOrEqualTo(LIMIT_PER_SECOND * (seconds + 2));
            if (Servers.NIGHTLY) {
                assertThat(limitedAfter).isLessThanOrEqualTo(TimeUnit.SECONDS.toNanos(1));
                assertThat((double) loud).isLessThanOrEqualTo(SLOWER_MAX * calm);
            }
        } finally {
            for (User user : users) {
                user.close();
            }
        }
    }

    /** Lets them speak in turn, at an even pace, until there are enough messages; answers how long 99 of a hundred acknowledgements took at most. */
    private static long slowestOfHundred(List<User> users, ScheduledExecutorService pace) {
        users.forEach(user -> user.waits.clear());
        AtomicInteger next = new AtomicInteger();
        Future<?> speaking = pace.scheduleAtFixedRate(
                () -> {
                    int turn = next.get();
                    if (turn < MESSAGES) {
                        users.get(turn % users.size()).say();
                        next.set(turn + 1);
                    }
                },
                0,
                EVERY_MICROS,
                TimeUnit.MICROSECONDS);
        try {
            Await.until("all have spoken", Await.DEADLINE.multipliedBy(3), () -> next.get() == MESSAGES);
        } finally {
            speaking.cancel(false);
        }
        Await.until("all is acknowledged", () -> accepted(users) == MESSAGES);
        List<Long> waits =
                users.stream().flatMap(user -> user.waits.stream()).sorted().toList();
        return waits.get(waits.size() * 99 / 100);
    }

    private static long accepted(List<User> users) {
        return users.stream().mapToLong(user -> user.waits.size()).sum();
    }

    private static long limited(List<User> users) {
        return users.stream().mapToLong(user -> user.limited.get()).sum();
    }

    private static long said(List<User> users) {
        return users.stream().mapToLong(user -> user.said.get()).sum();
    }
}
