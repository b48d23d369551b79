package dev.peal.testkit.fault;

import dev.peal.protocol.Position;
import dev.peal.testkit.Await;
import dev.peal.testkit.history.Anomaly;
import dev.peal.testkit.history.HistoryChecker;
import dev.peal.testkit.history.RoomHistory;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** Many resuming clients, dealt to rooms in turn, and the verdict over all that they did and saw. Used by one thread. */
public final class Fleet implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final List<ResumingClient> clients;
    private final Shape shape;

    /**
     * Its size and its manners.
     *
     * @param name begins its users' ids and its rooms' names
     * @param copiesMax how often a publish is sent at most, beside what its loss demands
     * @param backOffMillis as {@link ResumingClient.Settings} has it
     * @param tokens by user; empty in open mode
     */
    public record Shape(
            String name,
            int clients,
            int rooms,
            int copiesMax,
            int backOffMillis,
            Function<String, Optional<String>> tokens) {
        private static final int BACK_OFF_MILLIS = 20;

        /** In open mode, each publish sent once unless it is lost, soon back. */
        public static Shape of(String name, int clients, int rooms) {
            return new Shape(name, clients, rooms, 1, BACK_OFF_MILLIS, user -> Optional.empty());
        }

        public Shape withCopies(int max) {
            return new Shape(name, clients, rooms, max, backOffMillis, tokens);
        }

        public Shape withBackOff(int millis) {
            return new Shape(name, clients, rooms, copiesMax, millis, tokens);
        }

        public Shape withTokens(Function<String, Optional<String>> byUser) {
            return new Shape(name, clients, rooms, copiesMax, backOffMillis, byUser);
        }
    }

    private Fleet(Shape shape, List<ResumingClient> clients) {
        this.shape = shape;
        this.clients = clients;
    }

    /** Sends the clients to their rooms by these ports in turn, and waits until all are there. */
    public static Fleet launch(Shape shape, long seed, int... ports) {
        List<ResumingClient> clients = IntStream.range(0, shape.clients())
                .mapToObj(i -> {
                    String user = shape.name() + i;
                    return ResumingClient.open(new ResumingClient.Settings(
                            ports[i % ports.length],
                            user,
                            shape.tokens().apply(user),
                            shape.name() + "-" + i % shape.rooms(),
                            shape.copiesMax(),
                            shape.backOffMillis(),
                            seed + i));
                })
                .toList();
        Fleet fleet = new Fleet(shape, clients);
        fleet.awaitAll("the fleet is in its rooms", ResumingClient::joinedNow);
        return fleet;
    }

    public List<ResumingClient> clients() {
        return clients;
    }

    /** Lets each client keep so many publishes unanswered, without end. */
    public void publishing(int window) {
        publishing(window, Integer.MAX_VALUE);
    }

    /** Lets each client keep so many publishes unanswered, until it has made so many in all. */
    public void publishing(int window, int publishesMax) {
        clients.forEach(client -> client.publishing(window, publishesMax));
    }

    /** Publishes that are acknowledged, of all clients. */
    public long acked() {
        return clients.stream().mapToLong(ResumingClient::acked).sum();
    }

    public long joins() {
        return clients.stream().mapToLong(ResumingClient::joins).sum();
    }

    public void awaitAcked(long more) {
        long goal = acked() + more;
        Await.until(more + " more are acknowledged", PATIENCE, () -> acked() >= goal);
    }

    /** Waits until each client is or has something. */
    public void awaitAll(String what, Predicate<ResumingClient> condition) {
        Await.until(what, PATIENCE, () -> {
            clients.forEach(ResumingClient::mustBeWell);
            return clients.stream().allMatch(condition);
        });
    }

    /** Stops publishing and waits until all is answered and everyone has everything; answers with what each room holds. */
    public List<RoomHistory> settle(int port) throws IOException {
        publishing(0);
        awaitAll("everything is answered", client -> client.joinedNow() && client.unanswered() == 0);
        List<RoomHistory> rooms = new ArrayList<>();
        for (String room :
                new TreeSet<>(clients.stream().map(ResumingClient::room).toList())) {
            RoomReading log = RoomReading.of(port, shape.tokens().apply(shape.name() + 0), room);
            Position newest = new Position(log.epoch(), log.newest());
            List<ResumingClient> members = clients.stream()
                    .filter(client -> client.room().equals(room))
                    .toList();
            Await.until(
                    "everyone in " + room + " has everything",
                    PATIENCE,
                    () -> members.stream()
                            .allMatch(client ->
                                    client.position().filter(newest::equals).isPresent()));
            rooms.add(new RoomHistory(
                    room, members.stream().map(ResumingClient::history).toList(), log.epoch(), log.entries()));
        }
        return rooms;
    }

    /** Settles, and finds what is wrong: nothing, if all is well. */
    public List<Anomaly> anomalies(int port) throws IOException {
        return settle(port).stream()
                .flatMap(room -> HistoryChecker.check(room).stream())
                .toList();
    }

    @Override
    public void close() {
        List<Thread> closing = clients.stream()
                .map(client -> Thread.ofVirtual().start(client::close))
                .toList();
        for (Thread one : closing) {
            try {
                one.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
