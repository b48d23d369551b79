package dev.peal.testkit.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.protocol.Position;
import dev.peal.testkit.history.Publish;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PublishesTest {
    private final Publishes publishes = new Publishes("ann", 1, new Random(1));

    @Test
    void aRefusalLeavesOpenHowThoseFaredThatNobodyWillAnswer() {
        String answered = ask();
        String first = ask();
        String second = ask();
        assertThat(publishes.acked(answered, new Position("E", 1))).isTrue();

        assertThat(publishes.refused(second)).isTrue();

        assertThat(publishes.history()).extracting(Publish::refused).containsExactly(false, true, true);
        assertThat(publishes.acked(first, new Position("E", 2)))
                .as("that connection is over")
                .isFalse();
    }

    @Test
    void anErrorAboutSomethingElseIsNoRefusal() {
        ask();

        assertThat(publishes.refused("j1")).isFalse();

        assertThat(publishes.history()).extracting(Publish::refused).containsExactly(false);
    }

    private String ask() {
        publishes.add();
        return publishes.ask(publishes.last());
    }
}
