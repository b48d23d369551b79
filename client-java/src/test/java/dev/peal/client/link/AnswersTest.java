package dev.peal.client.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.client.Vectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

final class AnswersTest {
    @TestFactory
    Stream<DynamicTest> anAnswerToTheOpeningOfAStreamEndsItAsACloseDoes() {
        return Vectors.of("statuses").stream()
                .filter(one -> !one.path("then").stringValue().equals("open"))
                .map(one -> DynamicTest.dynamicTest(one.toString(), () -> check(one)));
    }

    private static void check(JsonNode one) {
        LinkEnd end = Answers.end(
                one.path("status").asInt(),
                one.path("contentType").stringValue(""),
                one.path("retryAfter").stringValue(""));
        String then = switch (end.code()) {
            case LinkEnd.FORBIDDEN -> "stay_away";
            case LinkEnd.TOKEN_EXPIRED -> "new_token";
            default -> "back_off";
        };
        assertThat(then).isEqualTo(one.path("then").stringValue());
        assertThat(end.afterMillis().isPresent()).isEqualTo(one.has("atLeastMs"));
        end.afterMillis()
                .ifPresent(millis ->
                        assertThat(millis).isEqualTo(one.path("atLeastMs").asLong()));
    }
}
