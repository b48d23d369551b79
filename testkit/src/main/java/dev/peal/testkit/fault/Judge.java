package dev.peal.testkit.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.testkit.Await;
import dev.peal.testkit.history.HistoryChecker;
import dev.peal.testkit.history.Recording;
import dev.peal.testkit.history.RoomHistory;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What must hold in the end, whatever happened to the connections of an SDK's clients. */
public final class Judge {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private Judge() {}

    /** Waits until all is answered and everyone has everything, and looks for what is wrong with their rooms on a server in open mode: nothing. */
    public static void findsNothing(String about, int port, List<? extends Recording> clients) throws IOException {
        for (String room : clients.stream().map(Recording::room).distinct().toList()) {
            List<? extends Recording> members =
                    clients.stream().filter(one -> one.room().equals(room)).toList();
            Await.until(
                    about + ": all is answered",
                    PATIENCE,
                    () -> members.stream().allMatch(Recording::settled));
            RoomReading log = RoomReading.of(port, Optional.empty(), room);
            try {
                Await.until(
                        about + ": everyone has everything",
                        PATIENCE,
                        () -> members.stream().allMatch(one -> one.newest() == log.newest()));
            } catch (AssertionError late) {
                throw new AssertionError(late.getMessage() + " up to " + log.newest() + ", not " + members, late);
            }
            RoomHistory history = new RoomHistory(
                    room, members.stream().map(Recording::history).toList(), log.epoch(), log.entries());
            assertThat(HistoryChecker.check(history)).as(about).isEmpty();
            assertThat(members)
                    .as(about + ": each return asks for what was missed")
                    .allMatch(Recording::recovered);
        }
    }
}
