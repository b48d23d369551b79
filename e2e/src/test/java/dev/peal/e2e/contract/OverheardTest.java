package dev.peal.e2e.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is not as described is noticed, else the check of everything that passes checks nothing. */
final class OverheardTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "server.|{\"type\":\"joined\",\"data\":{\"roomId\":\"lobby\"}}",
                "server.|{\"type\":\"nobody_described_this\",\"data\":{}}",
                "client.|{\"type\":\"joined\",\"data\":{}}",
                "client.|{\"type\":\"join_room\",\"data\":{\"roomId\":\"no room\"}}",
                "server.|{\"type\":\"pong\"",
                "server.|nonsense"
            })
    void whatIsNotDescribedIsNoticed(String direction, String json) {
        Overheard.hear(direction, json);
        assertThat(Overheard.problems()).isNotEmpty();
    }
}
