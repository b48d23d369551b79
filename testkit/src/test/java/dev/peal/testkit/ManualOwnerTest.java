package dev.peal.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.peal.time.Owner;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

final class ManualOwnerTest {
    private final ManualClock clock = new ManualClock();
    private final ManualOwner owner = new ManualOwner(clock);
    private final List<String> ran = new ArrayList<>();

    @Test
    void runsTasksInOrderThenIterationEnd() {
        owner.execute(() -> {
            owner.atIterationEnd(() -> ran.add("end"));
            owner.execute(() -> ran.add("next iteration"));
            ran.add("one");
        });
        owner.execute(() -> ran.add("two"));
        assertThat(owner.iterate()).isEqualTo(3);
        assertThat(ran).containsExactly("one", "two", "end");
        owner.runReady();
        assertThat(ran).endsWith("next iteration");
    }

    @Test
    void runsDelayedTasksWhenTheClockSaysSo() {
        owner.schedule(() -> ran.add("late"), 20);
        owner.schedule(() -> ran.add("early"), 10);
        Owner.Timer cancelled = owner.schedule(() -> ran.add("never"), 10);
        cancelled.cancel();
        clock.advanceMillis(9);
        assertThat(owner.runReady()).isZero();
        clock.advanceMillis(11);
        owner.runReady();
        assertThat(ran).containsExactly("early", "late");
        assertThat(owner.delayed()).isZero();
    }

    @Test
    void isInsideOnlyWhileItRuns() {
        assertThat(owner.inside()).isFalse();
        owner.run(() -> assertThat(owner.inside()).isTrue());
        assertThat(owner.inside()).isFalse();
        assertThatThrownBy(() -> owner.atIterationEnd(() -> {})).isInstanceOf(AssertionError.class);
    }

    @Test
    void refusesASecondThreadAndNesting() throws InterruptedException {
        owner.runReady();
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread other = new Thread(() -> {
            try {
                owner.runReady();
            } catch (AssertionError e) {
                thrown.set(e);
            }
        });
        other.start();
        other.join();
        assertThat(thrown.get()).hasMessageContaining("owned by");
        owner.execute(owner::runReady);
        assertThatThrownBy(owner::runReady).hasMessageContaining("own tasks");
    }

    @Test
    void wallClockJumpsLeaveMonotonicTimeAlone() {
        clock.advanceMillis(5);
        clock.jumpWallMillis(-3_600_000);
        assertThat(clock.nanos()).isEqualTo(5_000_000);
        assertThat(clock.millis()).isEqualTo(ManualClock.START_MILLIS - 3_600_000 + 5);
    }
}
