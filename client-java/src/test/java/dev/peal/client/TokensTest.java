package dev.peal.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.client.ClientState.Phase;
import dev.peal.client.json.Json;
import dev.peal.client.link.LinkEnd;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** Token providers that misbehave. */
final class TokensTest {
    private final ManualLoop loop = new ManualLoop();
    private final ScriptedTransport transport = new ScriptedTransport("websocket");

    private PealClient client(TokenProvider provider) {
        PealClient client = PealClient.builder("http://scripted")
                .transports(transport)
                .loop(loop)
                .callbacks(loop)
                .random(new Random(1))
                .tokens(provider)
                .tokenThreads(Runnable::run)
                .connect();
        loop.run();
        return client;
    }

    private static CompletionStage<String> now(String token) {
        return CompletableFuture.completedFuture(token);
    }

    private void says(String json) {
        transport.events().message(Json.read(json).orElseThrow());
        loop.run();
    }

    private void signsIn() {
        transport.events().open();
        says("{\"type\":\"authenticated\",\"id\":\"signin\",\"data\":{\"success\":true,\"userId\":\"ann\"}}");
    }

    private Optional<String> presented() {
        return transport.sent().stream()
                .filter(message -> message.path("type").stringValue("").equals("authenticate"))
                .reduce((first, last) -> last)
                .map(message -> message.path("data").path("token").stringValue(""));
    }

    @Test
    void aProviderThatThrowsIsAskedAgainLater() {
        ArrayDeque<Integer> calls = new ArrayDeque<>();
        PealClient client = client(() -> {
            calls.add(1);
            if (calls.size() < 4) {
                throw new IllegalStateException("no network");
            }
            return now("t1");
        });
        assertThat(client.state().phase()).isEqualTo(Phase.WAITING);
        assertThat(client.state().reason()).contains("token_failed");
        assertThat(transport.opened()).isZero();
        loop.pass(10_000);
        assertThat(transport.opened()).isEqualTo(1);
    }

    @Test
    void aProviderThatHangsIsGivenUpAndItsLateTokenIsUsed() {
        CompletableFuture<String> late = new CompletableFuture<>();
        PealClient client = client(() -> late);
        loop.pass(14_999);
        assertThat(client.state().phase()).isEqualTo(Phase.CONNECTING);
        loop.pass(1);
        assertThat(client.state().reason()).contains("token_timeout");
        late.complete("t-late");
        loop.pass(5_000);
        assertThat(transport.opened()).isEqualTo(1);
        transport.events().open();
        assertThat(presented()).contains("t-late");
    }

    @Test
    void nonsenseIsNoToken() {
        for (String nonsense : new String[] {"", "two words", "line\nfeed", "x".repeat(8_193), "é"}) {
            PealClient client = client(() -> now(nonsense));
            assertThat(client.state().reason()).as(nonsense).contains("token_invalid");
            assertThat(transport.opened()).isZero();
            client.stop();
        }
    }

    @Test
    void aTokenThatWasRefusedIsNeverPresentedAgain() {
        PealClient client = client(() -> now("t1"));
        assertThat(transport.opened()).isEqualTo(1);
        transport.events().open();
        transport.ends(1008, "Invalid authentication", LinkEnd.Progress.OPENED);
        loop.pass(600_000);
        assertThat(transport.opened()).isZero();
        assertThat(client.state().reason()).contains("token_stale");
    }

    @Test
    void aStaleAnswerBeforeTheEndIsAskedForAgainAndTheConnectionStays() {
        ArrayDeque<String> tokens = new ArrayDeque<>();
        tokens.add("t1");
        PealClient client = client(() -> now(tokens.size() > 1 ? tokens.poll() : tokens.element()));
        signsIn();
        assertThat(presented()).contains("t1");
        says("{\"type\":\"token_expiring\",\"data\":{\"expiresInMs\":60000}}");
        loop.pass(5_000);
        assertThat(presented()).isEmpty();
        assertThat(client.state().phase()).isEqualTo(Phase.LIVE);
        tokens.add("t2");
        tokens.poll();
        loop.pass(20_000);
        assertThat(presented()).contains("t2");
    }

    @Test
    void whoHasNoOtherTokenStaysAwayWhenItsOwnIsRefused() {
        PealClient client = PealClient.builder("http://scripted")
                .transports(transport)
                .loop(loop)
                .callbacks(loop)
                .connect();
        loop.run();
        transport.events().open();
        transport.ends(1008, "Not authenticated", LinkEnd.Progress.OPENED);
        assertThat(client.state().phase()).isEqualTo(Phase.STOPPED);
    }
}
