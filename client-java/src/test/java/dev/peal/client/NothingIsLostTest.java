package dev.peal.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.testkit.history.ClientHistory;
import dev.peal.testkit.history.HistoryChecker;
import dev.peal.testkit.history.RoomHistory;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** PROMISES 45, 47 in virtual time: cuts, half-open connections, restarts and rate limits at random; nothing lost, nothing doubled, the order kept. */
final class NothingIsLostTest {
    private static final int SEEDS = Boolean.getBoolean("peal.nightly") ? 10_000 : 300;
    private static final int CLIENTS = 3;
    private static final List<String> ROOMS = List.of("lobby", "den");
    private static final int STEPS = 150;
    private static final int CALM_MILLIS = 200_000;

    @Test
    void whateverHappensToTheConnections() {
        long first = Long.getLong("peal.seed", System.nanoTime());
        System.out.println(
                "nothing is lost: " + SEEDS + " seeds from " + first + " (again with -Dpeal.seed=" + first + ")");
        long published = 0;
        long joins = 0;
        for (long seed = first; seed < first + SEEDS; seed++) {
            List<Recorder> recorders = run(seed);
            published += recorders.stream().mapToLong(Recorder::published).sum();
            joins += recorders.stream().mapToLong(Recorder::joins).sum();
        }
        System.out.printf("nothing is lost: %d publishes over %d joins%n", published, joins);
        assertThat(joins).as("connections were hurt").isGreaterThan(SEEDS * (long) CLIENTS * ROOMS.size() * 2);
    }

    private static List<Recorder> run(long seed) {
        Random random = new Random(seed);
        ManualLoop loop = new ManualLoop();
        FakePeal server = new FakePeal(loop, seed);
        server.refusing(10);
        List<Recorder> recorders = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            PealClient client = PealClient.builder("http://fake")
                    .user("u" + i, "U")
                    .transports(server)
                    .loop(loop)
                    .callbacks(loop)
                    .random(new Random(seed + i))
                    .connect();
            for (String room : ROOMS) {
                recorders.add(new Recorder("u" + i + "-" + room, client.room(room)));
            }
        }
        loop.pass(1_000);
        for (int step = 0; step < STEPS; step++) {
            act(random, server, recorders);
            loop.pass(random.nextInt(400));
        }
        server.away(false);
        server.refusing(0);
        loop.pass(CALM_MILLIS);
        judge(seed, server, recorders);
        return recorders;
    }

    private static void act(Random random, FakePeal server, List<Recorder> recorders) {
        switch (random.nextInt(14)) {
            case 0, 1 -> server.hurtOne();
            case 2 -> server.away(random.nextBoolean());
            case 3 -> server.restart(random.nextInt(3_000));
            default -> recorders.get(random.nextInt(recorders.size())).publish();
        }
    }

    private static void judge(long seed, FakePeal server, List<Recorder> recorders) {
        for (String room : ROOMS) {
            List<Recorder> members =
                    recorders.stream().filter(one -> one.room().equals(room)).toList();
            List<ClientHistory> clients =
                    members.stream().map(Recorder::history).toList();
            RoomHistory history = new RoomHistory(room, clients, server.epoch(room), server.entries(room));
            assertThat(HistoryChecker.check(history)).as("seed %d", seed).isEmpty();
            assertThat(members)
                    .as("seed %d: each return asks for what was missed", seed)
                    .allMatch(Recorder::recovered);
            assertThat(members).as("seed %d: all is answered", seed).allMatch(Recorder::settled);
            assertThat(members)
                    .as("seed %d: everyone has everything", seed)
                    .allMatch(one -> one.newest() == server.entries(room).size());
        }
    }
}
