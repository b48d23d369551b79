package dev.peal.transport.ws;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TargetTest {
    private static Map<String, String> parameters(String query) {
        return new Target("/stream", query).parameters();
    }

    @Test
    void parametersAreDecodedAndTheFirstOfAKindCounts() {
        assertThat(parameters("")).isEmpty();
        assertThat(parameters("binary=2")).containsExactly(Map.entry("binary", "2"));
        assertThat(parameters("a=%41+b&a=2&c")).containsOnly(Map.entry("a", "A b"), Map.entry("c", ""));
    }

    @Test
    void aQueryThatCannotBeDecodedHasNone() {
        assertThat(parameters("binary=2&x=%zz")).isEmpty();
    }

    @Test
    void thereAreNoMoreThanSoMany() {
        StringBuilder many = new StringBuilder();
        for (int i = 0; i < 1_000; i++) {
            many.append("p").append(i).append("=1&");
        }
        assertThat(parameters(many.toString())).hasSizeBetween(1, 32);
    }
}
