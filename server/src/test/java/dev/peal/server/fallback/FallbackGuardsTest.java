package dev.peal.server.fallback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.peal.app.App;
import dev.peal.app.Caller;
import dev.peal.app.MessageType;
import dev.peal.chat.ChatApp;
import dev.peal.hub.RoomKind;
import dev.peal.limit.ConnectionLimits;
import dev.peal.log.RoomKey;
import dev.peal.server.fallback.FallbackRig.Asked;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a request for a stream or a poll has to pass, between any two of its steps. */
final class FallbackGuardsTest {
    private static final int MANY = 100;

    /** The chat, but for a room that its application opens to nobody. */
    private static final class Doors implements App {
        private final ChatApp chat = new ChatApp();

        @Override
        public RoomKind kind() {
            return chat.kind();
        }

        @Override
        public String path() {
            return chat.path();
        }

        @Override
        public List<MessageType<?>> messages() {
            return chat.messages();
        }

        @Override
        public boolean admits(Caller caller, RoomKey room) {
            return !room.id().equals("closed");
        }
    }

    private static FallbackRig rig(int perAddress, int inAll) {
        return new FallbackRig(new Doors(), new ConnectionLimits(perAddress, inAll));
    }

    private static Asked waits(FallbackRig rig, String room) {
        Asked poll = rig.read("?room=" + room + "&wait=60" + rig.since("?room=" + room, "ann"), "ann");
        rig.settle();
        return poll;
    }

    @Test
    void anAddressHasOnlySoManyStreamsAndWaitingPolls() {
        FallbackRig rig = rig(2, MANY);
        Asked stream = rig.events("?room=a", "ann");
        rig.settle();
        assertThat(stream.streamed()).contains("joined");
        Asked poll = waits(rig, "a");
        assertThat(poll.answered()).isFalse();
        Asked second = rig.events("?room=a", "bob");
        rig.settle();
        assertThat(second.text()).startsWith("429 ").contains("too_many_connections");
        assertThat(waits(rig, "a").text()).startsWith("429 ").contains("too_many_connections");
        assertThat(rig.waitingPolls()).isEqualTo(1);
        assertThat(rig.sessions()).isEqualTo(2);
        poll.leaves();
        assertThat(waits(rig, "a").answered()).as("there is room again").isFalse();
    }

    @Test
    void theServerHasOnlySoMany() {
        FallbackRig rig = rig(MANY, 1);
        Asked poll = waits(rig, "a");
        Asked stream = rig.events("?room=a", "ann");
        rig.settle();
        assertThat(stream.text()).startsWith("503 ").contains("unavailable");
        assertThat(waits(rig, "a").text()).startsWith("503 ").contains("unavailable");
        poll.leaves();
        assertThat(rig.limits().connections()).isZero();
    }

    @Test
    void aRoomThatItsApplicationClosesIsNotRead() {
        FallbackRig rig = rig(MANY, MANY);
        for (String query : List.of(
                "?room=closed", "?room=open&room=closed", "?room=closed&since=e:1", "?room=closed&since=e:1&wait=60")) {
            Asked read = rig.read(query, "ann");
            rig.settle();
            assertThat(read.text()).as(query).startsWith("403 ").contains("forbidden");
        }
        Asked stream = rig.events("?room=open&room=closed", "ann");
        rig.settle();
        assertThat(stream.text()).startsWith("403 ").contains("forbidden");
        assertThat(rig.sessions()).isZero();
        assertThat(rig.limits().connections()).isZero();
    }

    /** Whoever is revoked between the look at the token and the opening is in no list of those to be cut. */
    @Test
    void aRevocationAtTheVeryOpeningIsSeen() {
        FallbackRig rig = rig(MANY, MANY);
        String inRoom = "?room=a&wait=60" + rig.since("?room=a", "ann");
        String ofHers = "?wait=60" + rig.since("", "ann");
        Asked poll = rig.read(inRoom, "ann");
        Asked own = rig.read(ofHers, "ann");
        Asked early = rig.events("?room=a", "ann");
        assertThat(List.of(poll.answered(), own.answered(), early.answered())).containsOnly(false);
        rig.revoke("ann");
        rig.settle();
        assertThat(poll.text()).startsWith("401 ").contains("not_authenticated");
        assertThat(own.text()).startsWith("401 ").contains("not_authenticated");
        assertThat(early.streamed()).contains("1008").doesNotContain("joined");
        assertThat(rig.sessions()).isZero();
        assertThat(rig.waitingPolls()).isZero();
    }

    @Test
    void aRevocationBetweenTheAnswerAndTheStreamIsSeen() {
        FallbackRig rig = rig(MANY, MANY);
        Asked stream = rig.events("?room=a", "ann");
        rig.settle();
        rig.revoke("ann");
        rig.settle();
        assertThat(stream.streamed()).contains("1008").doesNotContain("joined");
        assertThat(rig.sessions()).isZero();
    }

    @Test
    void aPollWhoseClientLeavesIsOverAtOnce() {
        FallbackRig rig = rig(MANY, MANY);
        rig.say("a", "one");
        Asked poll = waits(rig, "a");
        assertThat(List.of(rig.sessions(), (long) rig.rooms(), (long) rig.waitingPolls()))
                .containsOnly(1L);
        poll.leaves();
        assertThat(rig.sessions()).isZero();
        assertThat(rig.waitingPolls()).isZero();
        assertThat(rig.limits().connections()).isZero();
        rig.settle();
        assertThat(rig.rooms()).isZero();
        assertThat(poll.answered()).isFalse();
    }

    @Test
    void aPollThatIsAnsweredIsOverToo() {
        FallbackRig rig = rig(MANY, MANY);
        Asked poll = waits(rig, "a");
        rig.say("a", "one");
        assertThat(poll.text()).startsWith("200 ").contains("one");
        assertThat(rig.sessions()).isZero();
        assertThat(rig.rooms()).isZero();
        assertThat(rig.limits().connections()).isZero();
        poll.leaves();
        assertThat(rig.waitingPolls()).isZero();
    }

    @Test
    void aStreamWhoseClientHasGoneBeforeItOpensLeavesNothing() {
        FallbackRig rig = rig(MANY, MANY);
        Asked stream = rig.events("?room=a", "ann");
        rig.settle();
        stream.abandoned();
        assertThat(rig.limits().connections()).isZero();
        assertThat(rig.sessions()).isZero();
        assertThat(rig.streams()).isZero();
    }

    @Test
    void aStreamWhoseClientSendsMuchIsEnded() {
        FallbackRig rig = rig(MANY, MANY);
        Asked stream = rig.events("?room=a", "ann");
        rig.settle();
        assertThat(stream.streamed()).contains("joined");
        stream.sends(new byte[64 << 10]);
        assertThat(stream.streamed()).isEmpty();
        stream.sends(new byte[1]);
        assertThat(stream.streamed()).contains("1009");
        assertThat(rig.sessions()).isZero();
        assertThat(rig.streams()).isZero();
        assertThat(rig.limits().connections()).isZero();
    }

    /** A program's mistake; it must not cost a place for each who tries. */
    @Test
    void whereAnApplicationCannotBeJoinedNothingIsLeft() {
        App empty = new App() {
            @Override
            public RoomKind kind() {
                return RoomKind.people(ChatApp.KIND);
            }

            @Override
            public String path() {
                return "/empty";
            }

            @Override
            public List<MessageType<?>> messages() {
                return List.of();
            }
        };
        FallbackRig rig = new FallbackRig(empty, new ConnectionLimits(MANY, MANY));
        assertThatThrownBy(() -> waits(rig, "a").text()).hasRootCauseInstanceOf(IllegalStateException.class);
        Asked stream = rig.events("?room=a", "ann");
        rig.settle();
        stream.streamed();
        assertThat(rig.sessions()).isZero();
        assertThat(rig.waitingPolls()).isZero();
        assertThat(rig.streams()).isZero();
        assertThat(rig.limits().connections()).isZero();
    }
}
