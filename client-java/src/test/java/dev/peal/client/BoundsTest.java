package dev.peal.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.client.ClientState.Phase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** What is full says so, what is over says so, and what nobody asked for is left alone. */
final class BoundsTest {
    private final ManualLoop loop = new ManualLoop();
    private final FakePeal server = new FakePeal(loop, 3);

    private PealClient client(ClientSettings settings) {
        PealClient client = PealClient.builder("http://fake")
                .user("ann", "Ann")
                .transports(server)
                .loop(loop)
                .callbacks(loop)
                .random(new Random(3))
                .settings(settings)
                .connect();
        loop.pass(1_000);
        return client;
    }

    private static String code(CompletableFuture<?> failed) {
        try {
            failed.join();
            return "";
        } catch (CompletionException e) {
            return e.getCause() instanceof PealException why ? why.code() : "none";
        }
    }

    @Test
    void aFullQueueRefusesThePublishAndTakesTheNextWhenThereIsRoom() {
        Room room = client(ClientSettings.DEFAULT.withMaxQueueSize(3)).room("lobby");
        List<CompletableFuture<Ack>> acks = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            acks.add(room.publish("m" + i));
        }
        CompletableFuture<Ack> fourth = room.publish("m3");
        assertThat(code(fourth)).isEqualTo("queue_full");
        assertThat(code(room.publish("m3", Duration.ofMillis(1)))).isEqualTo("queue_full");
        loop.pass(2_000);
        assertThat(acks).allMatch(CompletableFuture::isDone);
        CompletableFuture<Ack> later = room.publish("m4");
        loop.pass(2_000);
        assertThat(later.join().offset()).isEqualTo(4);
    }

    @Test
    void aClosedClientRefusesWhatWaitsAndWhatComes() {
        PealClient client = client(ClientSettings.DEFAULT);
        Room room = client.room("lobby");
        loop.pass(1_000);
        server.away(true);
        loop.pass(10);
        CompletableFuture<Ack> waiting = room.publish("m");
        CompletableFuture<Pages.History> question = room.history(10);
        loop.pass(10);
        client.close();
        loop.run();
        assertThat(code(waiting)).isEqualTo("stopped");
        assertThat(code(question)).isEqualTo("stopped");
        assertThat(code(room.publish("n"))).isEqualTo("stopped");
    }

    @Test
    void aQuestionThatNobodyAnswersEndsInTime() {
        PealClient client = client(ClientSettings.DEFAULT);
        Room room = client.room("lobby");
        CompletableFuture<Pages.Search> question = room.search("words"); // this server knows no search
        loop.pass(29_000);
        assertThat(question).isNotDone();
        loop.pass(2_000);
        assertThat(code(question)).isEqualTo("timeout");
    }

    @Test
    void aQuestionAskedWhileNobodyIsThereIsAnsweredLater() {
        PealClient client = client(ClientSettings.DEFAULT);
        Room room = client.room("lobby");
        server.says("lobby", "one");
        server.away(true);
        loop.pass(100);
        CompletableFuture<Pages.History> question = room.history(10);
        loop.pass(5_000);
        server.away(false);
        loop.pass(20_000);
        assertThat(question.join().entries()).hasSize(1);
    }

    @Test
    void whoIsStoppedByTheProgramWaitsAndGoesOnWhenStartedAgain() {
        PealClient client = client(ClientSettings.DEFAULT);
        Room room = client.room("lobby");
        loop.pass(1_000);
        client.stop();
        loop.run();
        assertThat(client.state().phase()).isEqualTo(Phase.IDLE);
        CompletableFuture<Ack> waiting = room.publish("m");
        loop.pass(60_000);
        assertThat(waiting).isNotDone();
        client.start();
        loop.pass(5_000);
        assertThat(waiting.join().offset()).isEqualTo(1);
    }
}
