package dev.peal.chat;

import static dev.peal.chat.Frames.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.hub.HubConfig;
import dev.peal.limit.Limit;
import dev.peal.session.SessionConfig;
import dev.peal.testkit.SessionRig;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Where many come at once, who is there is told of them together; where few come, at once. */
class JoinStormTest {
    private static final int AT_ONCE = 20;

    private final SessionRig rig = new SessionRig(
            List.of(new ChatApp()),
            1,
            SessionConfig.DEFAULT,
            new HubConfig(65_536, 1_000, 1_000, AT_ONCE, 100_000),
            Limit.UNLIMITED);

    private final SessionRig.Client first = signedIn(rig, 0, "u0");
    private final List<SessionRig.Client> others = new ArrayList<>();

    private void joined(int from, int to) {
        if (from == 0) {
            first.send(join("k")).take();
        }
        for (int i = Math.max(1, from); i < to; i++) {
            SessionRig.Client other = signedIn(rig, 0, "u" + i);
            other.send(join("k"));
            rig.settle();
            others.add(other);
        }
    }

    private static List<String> who(List<String> frames) {
        return frames.stream()
                .filter(frame -> frame.startsWith("{\"type\":\"user_"))
                .map(frame -> frame.replaceAll(".*\"userId\":\"(\\w+)\".*", "$1"))
                .toList();
    }

    private static List<String> users(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> "u" + i).toList();
    }

    /** One tells 1, the next 2 and so on: five joins tell fifteen, the sixth would be beyond twenty. */
    @Test
    void fewAreToldAtOnceAndManyTogether() {
        joined(0, 6);
        assertThat(who(first.take())).isEqualTo(users(1, 5));
        joined(6, 60);
        int encodings = rig.encodings(0);
        assertThat(first.take()).isEmpty();
        rig.pass(1_000);
        assertThat(who(first.take())).isEqualTo(users(5, 60));
        assertThat(rig.encodings(0) - encodings).as("writes to each").isEqualTo(1);
    }

    @Test
    void aCalmRoomIsToldAtOnceAgain() {
        joined(0, 15);
        rig.pass(2_000);
        first.take();
        joined(15, 16);
        assertThat(who(first.take())).isEqualTo(users(15, 16));
    }

    @Test
    void nobodySpeaksWhoHasNotBeenAnnounced() {
        joined(0, 20);
        first.take();
        others.getLast().send(message("k", "hi"));
        List<String> frames = first.take();
        assertThat(who(frames)).endsWith("u19");
        assertThat(types(frames)).endsWith("user_joined", "message");

        joined(20, 30);
        others.getLast().send(typing("k"));
        assertThat(types(first.take())).endsWith("user_joined", "typing").hasSize(11);
    }

    @Test
    void whoComesAndGoesIsToldInThatOrder() {
        joined(0, 20);
        rig.pass(1_000);
        first.take();
        joined(20, 30);
        others.subList(19, 29).forEach(client -> client.send(leave("k")));
        rig.settle();
        rig.pass(1_000);
        List<String> frames = first.take();
        assertThat(who(frames)).hasSize(20).endsWith("u29");
        assertThat(types(frames)).endsWith("user_left").startsWith("user_joined");
    }

    @Test
    void moreThanAThousandAreNotGathered() {
        joined(0, 20);
        first.take();
        for (int i = 0; i < 600; i++) {
            others.getLast().send(leave("k")).send(join("k"));
        }
        rig.settle();
        assertThat(who(first.take())).hasSizeGreaterThanOrEqualTo(1_000);
    }

    @Test
    void anEmptyRoomForgetsWhatItHadToTell() {
        joined(0, 20);
        others.forEach(client -> client.send(leave("k")));
        first.send(leave("k"));
        rig.settle();
        assertThat(rig.rooms()).isZero();
        first.take();
        rig.pass(2_000);
        assertThat(first.take()).isEmpty();
    }
}
