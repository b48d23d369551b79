package dev.peal.chat;

import static dev.peal.chat.Frames.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.hub.HubConfig;
import dev.peal.limit.Limit;
import dev.peal.session.SessionConfig;
import dev.peal.testkit.SessionRig;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** When everybody comes back at once, each room's tail is read once for all of them, and encoded once for each loop. */
class ReconnectStormTest {
    private static final int ROOMS = 20;
    private static final int MEMBERS = 60;
    private static final int ENTRIES = 100;

    /** Large rooms announce nobody, so that every encoding is a replay's. */
    private final SessionRig rig = new SessionRig(
            List.of(new ChatApp()),
            2,
            SessionConfig.DEFAULT,
            new HubConfig(65_536, 1, 1_000, 1_000, 100_000),
            Limit.UNLIMITED);

    private final SessionRig.Client writer = signedIn(rig, 0, "writer");

    private String fill(int entries) {
        for (int room = 0; room < ROOMS; room++) {
            writer.send(joinAsking("j", "room-" + room));
            for (int i = 1; i <= entries; i++) {
                writer.send(message("room-" + room, "m" + i));
            }
        }
        return epoch(writer.take());
    }

    private static List<Long> range(long from, long to) {
        return LongStream.rangeClosed(from, to).boxed().toList();
    }

    @Test
    void eachRoomIsReadOnce() {
        String epoch = fill(ENTRIES);
        Random random = new Random(34);
        List<SessionRig.Client> clients = new ArrayList<>();
        List<Long> since = new ArrayList<>();
        for (int i = 0; i < ROOMS * MEMBERS; i++) {
            clients.add(signedIn(rig, i % 2, "u" + i));
            since.add((long) random.nextInt(ENTRIES));
        }
        long reads = rig.replayReads();
        int encodings = rig.encodings(0) + rig.encodings(1);
        for (int i = 0; i < clients.size(); i++) {
            clients.get(i).send(joinSince("room-" + i % ROOMS, epoch, since.get(i)));
        }
        rig.settle();
        assertThat(rig.replayReads() - reads).as("reads").isLessThanOrEqualTo((long) (ROOMS * 1.05));
        assertThat(rig.encodings(0) + rig.encodings(1) - encodings)
                .as("encodings, one on each loop")
                .isLessThanOrEqualTo(2 * ROOMS + 1);
        for (int i = 0; i < clients.size(); i++) {
            assertThat(offsets(clients.get(i).take())).isEqualTo(range(since.get(i) + 1, ENTRIES));
        }
    }

    @Test
    void aSecondStormRightAfterReadsNothing() {
        String epoch = fill(ENTRIES);
        signedIn(rig, 0, "first").send(joinSince("room-0", epoch, 0)).take();
        signedIn(rig, 1, "second").send(joinSince("room-0", epoch, 50)).take();
        long reads = rig.replayReads();
        assertThat(reads).isEqualTo(1);
        SessionRig.Client third = signedIn(rig, 1, "third");
        assertThat(offsets(third.send(joinSince("room-0", epoch, 99)).take())).containsExactly(100L);
        assertThat(rig.replayReads()).isEqualTo(reads);
    }

    @Test
    void pagesAreForgottenAfterAWhile() {
        String epoch = fill(ENTRIES);
        signedIn(rig, 0, "first").send(joinSince("room-0", epoch, 0)).take();
        rig.pass(5_000);
        signedIn(rig, 0, "second").send(joinSince("room-0", epoch, 0)).take();
        assertThat(rig.replayReads()).isEqualTo(2);
    }

    @Test
    void whatIsWrittenDuringTheStormIsReadOncePerSpurtNotPerClient() {
        String epoch = fill(ENTRIES);
        List<SessionRig.Client> clients = new ArrayList<>();
        long reads = rig.replayReads();
        for (int i = 0; i < 300; i++) {
            clients.add(signedIn(rig, i % 2, "u" + i).send(joinSince("room-0", epoch, i % ENTRIES)));
            if (i % 30 == 0) {
                writer.send(message("room-0", "meanwhile"));
            }
        }
        rig.settle();
        assertThat(rig.replayReads() - reads).isLessThanOrEqualTo(11);
        for (int i = 0; i < clients.size(); i++) {
            assertThat(offsets(clients.get(i).take())).isEqualTo(range(i % ENTRIES + 1, ENTRIES + 10));
        }
    }
}
