package dev.peal.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.log.Appended;
import dev.peal.log.Draft;
import dev.peal.log.Feed;
import dev.peal.log.Follower;
import dev.peal.log.LogRead;
import dev.peal.log.ReadRequest;
import dev.peal.log.RoomKey;
import dev.peal.log.RoomLog;
import dev.peal.testkit.LinesFormat;
import dev.peal.testkit.ManualClock;
import dev.peal.testkit.ManualOwner;
import dev.peal.time.Owner;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A log that heals with another history lets its rooms go: the members are told, and the next to come opens the room anew. */
class LostLogTest {
    /** Opens every room, and can be broken. */
    private static final class BreakableLog implements RoomLog {
        private @Nullable Follower follower;
        private int opened;

        @Override
        public Feed follow(RoomKey room, Owner owner, Follower newFollower) {
            follower = newFollower;
            opened++;
            owner.execute(() -> newFollower.opened("e" + opened, 1, 0));
            return new Feed() {
                @Override
                public void append(Draft draft, long expected, Consumer<Appended> done) {
                    owner.execute(() -> done.accept(new Appended.Unavailable()));
                }

                @Override
                public void close() {}
            };
        }

        @Override
        public void read(ReadRequest request, Owner owner, Consumer<LogRead> done) {
            owner.execute(() -> done.accept(new LogRead.Failed()));
        }

        @Override
        public void trim(RoomKey room, long upTo) {}

        @Override
        public boolean writable() {
            return true;
        }

        @Override
        public void close() {}
    }

    private static final class Reader implements Subscriber {
        private final Format format = new LinesFormat();
        private boolean lost;
        private String joined = "";

        @Override
        public Format format() {
            return format;
        }

        @Override
        public boolean offer(EncodedBatch batch, int from, int to) {
            return true;
        }

        @Override
        public void slow() {}

        @Override
        public void review(RoomKey room) {}

        @Override
        public void lost() {
            lost = true;
        }

        @Override
        public void skipped(RoomKey room, RoomKind kind, long count, long newest) {}
    }

    @Test
    void itsMembersAreToldAndTheRoomOpensAnew() {
        ManualOwner owner = new ManualOwner(new ManualClock());
        BreakableLog log = new BreakableLog();
        Hub hub = new Hub(log, List.of(owner), HubConfig.DEFAULT, HubMeters.NONE, Map.of());
        RoomKey key = new RoomKey("chat", "k");
        Reader reader = new Reader();
        Member member = hub.member(key, reader, hub.loops().get(0));
        join(hub, owner, key, member, reader);
        assertThat(reader.joined).isEqualTo("e1");

        Follower follower = Objects.requireNonNull(log.follower);
        owner.execute(follower::failed);
        owner.runReady();
        assertThat(reader.lost).isTrue();
        owner.execute(() -> hub.gone(member));
        owner.runReady();
        assertThat(hub.loops().get(0).roomCount()).isZero();

        Reader again = new Reader();
        join(hub, owner, key, hub.member(key, again, hub.loops().get(0)), again);
        assertThat(again.joined).isEqualTo("e2");
    }

    private static void join(Hub hub, ManualOwner owner, RoomKey key, Member member, Reader reader) {
        hub.with(
                key,
                room -> room.join(member, new Who("ann", "ann", "Ann"), null, new Joining() {
                    @Override
                    public void joined(String epoch, long oldest, long newest) {
                        reader.joined = epoch;
                    }

                    @Override
                    public void unavailable() {
                        reader.joined = "unavailable";
                    }
                }));
        owner.runReady();
    }
}
