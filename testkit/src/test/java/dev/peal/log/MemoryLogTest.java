package dev.peal.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.testkit.FeedProbe;
import dev.peal.testkit.RoomLogContract;
import dev.peal.time.Clock;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

final class MemoryLogTest extends RoomLogContract {
    @Override
    protected RoomLog create(Clock clock, Function<String, Retention> retention) {
        return new MemoryLog(clock, retention);
    }

    @Override
    protected void trim(RoomLog log) {
        // Every append and read looks at it.
    }

    @Test
    void startsWithAnotherEpochEachTime() {
        String first = follow().epoch();
        RoomLog restarted = keeping(Retention.ALL);
        assertThat(new FeedProbe(restarted, room, owner).open().epoch()).isNotEqualTo(first);
    }

    @Test
    void tellsFollowersOncePerRun() {
        FeedProbe feed = follow();
        owner.runReady();
        for (int i = 0; i < 100; i++) {
            feed.append("e" + i);
        }
        assertThat(owner.queued()).isEqualTo(1);
        feed.awaitAnswers();
        assertThat(feed.calls.stream().filter(call -> call.equals("end"))).hasSize(2);
    }

    @Test
    void forgetsARoomThatIsEmptyAndUnseenAndNamesItsSuccessorAnew() {
        RoomLog of = keeping(new Retention(1_000, Long.MAX_VALUE, Long.MAX_VALUE));
        FeedProbe feed = new FeedProbe(of, room, owner).open();
        feed.append("e1");
        feed.awaitAnswers();
        feed.close();
        clock.advanceMillis(1_000);
        for (int i = 0; i < 8; i++) {
            new FeedProbe(of, new RoomKey("chat", "other"), owner).open();
        }
        FeedProbe again = new FeedProbe(of, room, owner).open();
        assertThat(again.calls.getFirst()).isEqualTo("opened 1..0");
        assertThat(again.epoch()).isNotEqualTo(feed.epoch());
    }
}
