package dev.peal.e2e.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is not as described is noticed, else the check of everything that passes checks nothing. */
final class OverheardTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "server.joined|{\"type\":\"joined\",\"data\":{\"roomId\":\"lobby\"}}",
                "server.nobody_described_this|{\"type\":\"nobody_described_this\",\"data\":{}}",
                "client.joined|{\"type\":\"joined\",\"data\":{}}",
                "client.join_room|{\"type\":\"join_room\",\"data\":{\"roomId\":\"no room\"}}",
                "client.chat|{\"type\":\"message\",\"data\":{\"roomId\":\"lobby\",\"message\":\"hi\"}}",
                "server.pong|{\"type\":\"pong\""
            })
    void whatIsNotDescribedIsNoticed(String name, String json) {
        Overheard.check(name, json);
        assertThat(Overheard.problems()).isNotEmpty();
    }

    @Test
    void whatHasNoTypeIsNoticed() {
        Overheard.hear("server.", "nonsense");
        assertThat(Overheard.problems()).isNotEmpty();
    }
}
