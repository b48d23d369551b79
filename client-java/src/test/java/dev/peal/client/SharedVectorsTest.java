package dev.peal.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.client.json.Json;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.node.ObjectNode;

/** The Java client answers the vectors that the TypeScript client answers. */
final class SharedVectorsTest {
    @TestFactory
    Stream<DynamicTest> scenarios() {
        return Vectors.of("scenarios").stream()
                .map(one -> DynamicTest.dynamicTest(one.path("name").stringValue(), () -> new Scenario(one).run()));
    }

    @TestFactory
    Stream<DynamicTest> closes() {
        return Vectors.of("closes").stream().map(one -> {
            int code = one.path("code").asInt();
            String reason = one.path("reason").stringValue();
            return DynamicTest.dynamicTest(
                    code + " " + reason,
                    () -> assertThat(AfterClose.of(code, reason).name().toLowerCase(Locale.ROOT))
                            .isEqualTo(one.path("then").stringValue()));
        });
    }

    @TestFactory
    Stream<DynamicTest> backoff() {
        return Vectors.of("backoff").stream()
                .map(one -> DynamicTest.dynamicTest(
                        one.toString(),
                        () -> assertThat(Backoff.millis(
                                        ClientSettings.DEFAULT.reconnect(),
                                        one.path("attempt").asInt(),
                                        one.path("random").asDouble()))
                                .isEqualTo(one.path("delayMs").asLong())));
    }

    @TestFactory
    Stream<DynamicTest> refusals() {
        return Vectors.of("refusals").stream()
                .map(one -> DynamicTest.dynamicTest(one.toString(), () -> {
                    ObjectNode error = Json.object();
                    error.set("data", one.path("data"));
                    Refusal refusal = Refusal.of(error);
                    assertThat(refusal.retry() ? "try_again" : "give_up")
                            .isEqualTo(one.path("then").stringValue());
                    if (refusal.retry()) {
                        assertThat(refusal.retryAfterMillis())
                                .isEqualTo(
                                        one.has("afterMs")
                                                ? OptionalLong.of(
                                                        one.path("afterMs").asLong())
                                                : OptionalLong.empty());
                    }
                }));
    }

    @TestFactory
    Stream<DynamicTest> names() {
        return Vectors.of("names").stream()
                .map(one -> DynamicTest.dynamicTest(
                        one.path("name").stringValue(),
                        () -> assertThat(fits(one.path("what").stringValue(), Vectors.text(one.path("text"))))
                                .isEqualTo(one.path("fits").asBoolean())));
    }

    /** Asks the client's own door where it has one; the rest is what the protocol module says, which the client uses. */
    private static boolean fits(String what, String text) {
        ManualLoop loop = new ManualLoop();
        PealClient client = PealClient.builder("http://scripted")
                .transports(new ScriptedTransport("websocket"))
                .loop(loop)
                .callbacks(loop)
                .connect();
        try {
            return switch (what) {
                case "roomId" -> client.room(text).id().equals(text);
                case "userId" ->
                    taken(() -> PealClient.builder("http://scripted").user(text, "name"));
                case "userName" ->
                    taken(() -> PealClient.builder("http://scripted").user("id", text));
                case "message" -> !client.room("lobby").publish(text).isCompletedExceptionally();
                case "query" -> !client.room("lobby").search(text).isCompletedExceptionally();
                case "messageId" -> length(text) >= 1 && length(text) <= 64;
                case "token" -> Tokens.fits(text);
                default -> throw new IllegalArgumentException(what);
            };
        } catch (PealException refused) {
            assertThat(refused.code()).isEqualTo("invalid_message");
            return false;
        }
    }

    private static boolean taken(Runnable given) {
        given.run();
        return true;
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
