package dev.peal.chat;

import static dev.peal.chat.Frames.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.hub.HubConfig;
import dev.peal.limit.Limit;
import dev.peal.session.SessionConfig;
import dev.peal.testkit.SessionRig;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** PROMISES 25: one who sends a hundred times what is allowed is limited at once, and the thousand others do not feel it. */
class FairLimitsTest {
    private static final int USERS = 1_000;
    private static final int ROOM = 50;
    private static final Limit TEN = new Limit(10, 10_000);

    private final SessionRig rig =
            new SessionRig(List.of(new ChatApp()), 2, SessionConfig.DEFAULT, HubConfig.DEFAULT, TEN);

    private static String room(int user) {
        return "room-" + user / ROOM;
    }

    @Test
    void anAbuserIsLimitedAndNobodyElse() {
        List<SessionRig.Client> users = new ArrayList<>();
        for (int i = 0; i < USERS; i++) {
            users.add(rig.open(i % 2).send(authenticate("u" + i)).send(join(room(i))));
        }
        // The abuser's second connection shares its limit.
        List<SessionRig.Client> abuser = List.of(
                rig.open(0).send(authenticate("abuser")).send(join(room(0))),
                rig.open(1).send(authenticate("abuser")).send(join(room(0))));
        rig.pass(10_000);
        users.forEach(SessionRig.Client::take);
        abuser.forEach(SessionRig.Client::take);
        int accepted = 0;
        int limited = 0;
        for (int second = 0; second < 5; second++) {
            for (int i = 0; i < 100; i++) {
                abuser.get(i % 2).send(message(room(0), "spam"));
            }
            for (int i = second; i < USERS; i += 5) {
                users.get(i).send(messageAsking("m", room(i), "fair"));
            }
            rig.settle();
            for (int i = second; i < USERS; i += 5) {
                assertThat(types(users.get(i).take())).contains("ack").doesNotContain("error");
            }
            for (SessionRig.Client connection : abuser) {
                List<String> frames = connection.take();
                limited += (int) frames.stream()
                        .filter(frame -> frame.contains("rate_limited"))
                        .count();
                accepted += (int) frames.stream()
                        .filter(frame -> frame.contains("\"spam\""))
                        .count();
            }
            rig.pass(1_000);
        }
        // Both of its connections see each of its messages: ten at once, and one for each second passed.
        assertThat(accepted / 2).isBetween(10, 15);
        assertThat(limited).isEqualTo(500 - accepted / 2);
    }
}
