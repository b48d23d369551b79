package dev.peal.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.testkit.Await;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Polls, waiting and not, over real sockets. */
final class PollingTest {
    @TempDir
    private Path folder;

    private FallbackServer server;

    @BeforeEach
    void start() {
        server = FallbackServer.start(folder.resolve("data"));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void say(String room, String text) {
        assertThat(server.say(FallbackServer.message(room, text), server.as("bob"))
                        .status())
                .isEqualTo(200);
    }

    private FallbackServer.Answer poll(String query) {
        FallbackServer.Answer answer = server.get("/api/messages" + query, server.as("ann"));
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
        return answer;
    }

    @Test
    void withoutAPositionTheNewestComeAtOnce() {
        assertThat(poll("?room=lobby").texts()).isEmpty();
        for (int i = 1; i <= 60; i++) {
            say("lobby", "m" + i);
        }
        FallbackServer.Answer newest = poll("?room=lobby&wait=60");
        assertThat(newest.texts()).hasSize(50).startsWith("m11").endsWith("m60");
        assertThat(newest.header("Peal-Position")).endsWith(":60");
        assertThat(newest.header("Peal-Recovered")).isEqualTo("none");
        assertThat(poll("?room=lobby&limit=2").texts()).containsExactly("m59", "m60");
    }

    @Test
    void withAPositionWhatCameAfterComesPageByPage() {
        for (int i = 1; i <= 5; i++) {
            say("lobby", "m" + i);
        }
        String epoch = poll("?room=lobby").header("Peal-Position").replaceAll(":5$", "");
        for (String wait : List.of("", "&wait=30")) {
            FallbackServer.Answer page = poll("?room=lobby&limit=2&since=" + epoch + ":1" + wait);
            assertThat(page.texts()).containsExactly("m2", "m3");
            assertThat(page.header("Peal-Position")).isEqualTo(epoch + ":3");
            assertThat(page.header("Peal-Recovered")).isEqualTo("true");
            assertThat(page.header("Peal-More")).isEqualTo("true");
            page = poll("?room=lobby&since=" + epoch + ":3" + wait);
            assertThat(page.texts()).containsExactly("m4", "m5");
            assertThat(page.header("Peal-More")).isEqualTo("none");
        }
        assertThat(poll("?room=lobby&since=" + epoch + ":5").texts()).isEmpty();
    }

    @Test
    void aPollWaitsForTheFirstThatComesAndForNoSignal() {
        say("lobby", "one");
        String position = poll("?room=lobby").header("Peal-Position");
        CompletableFuture<FallbackServer.Answer> waited =
                server.getLater("/api/messages?room=lobby&wait=60&since=" + position, server.as("ann"));
        Await.until("the poll waits", () -> server.waitingPolls() == 1);
        server.say("{\"type\":\"typing\",\"data\":{\"roomId\":\"lobby\",\"typing\":true}}", server.as("bob"));
        say("elsewhere", "not this");
        say("lobby", "two");
        FallbackServer.Answer answer = waited.join();
        assertThat(answer.texts()).containsExactly("two");
        assertThat(answer.header("Peal-Position")).endsWith(":2");
        Await.until("it is over", () -> server.waitingPolls() == 0);
    }

    @Test
    void aPollEndsWithNothingAfterItsTime() {
        say("lobby", "one");
        String position = poll("?room=lobby").header("Peal-Position");
        FallbackServer.Answer answer = poll("?room=lobby&wait=1&since=" + position);
        assertThat(answer.response().body()).isEqualTo("[]");
        assertThat(answer.header("Peal-Position")).isEqualTo(position);
        assertThat(answer.header("Peal-Recovered")).isEqualTo("true");
    }

    @Test
    void aPollWhoseClientLeavesIsOver() {
        say("lobby", "one");
        String position = poll("?room=lobby").header("Peal-Position");
        CompletableFuture<FallbackServer.Answer> waited =
                server.getLater("/api/messages?room=lobby&wait=60&since=" + position, server.as("ann"));
        Await.until("the poll waits", () -> server.waitingPolls() == 1);
        waited.cancel(true);
        server.http().shutdownNow();
        Await.until("it is over", () -> server.waitingPolls() == 0);
    }

    @Test
    void whatCannotBeRecoveredIsSaidAtOnce() {
        say("lobby", "one");
        for (String wait : List.of("", "&wait=60")) {
            FallbackServer.Answer answer = poll("?room=lobby&since=elsewhere:7" + wait);
            assertThat(answer.response().body()).isEqualTo("[]");
            assertThat(answer.header("Peal-Recovered")).isEqualTo("false");
            assertThat(answer.header("Peal-Reason")).isEqualTo("epoch_changed");
            assertThat(answer.header("Peal-Oldest")).isEqualTo("1");
            assertThat(answer.header("Peal-Position")).endsWith(":1");
        }
    }

    @Test
    void severalRoomsArePolledTogether() {
        say("a", "a1");
        say("b", "b1");
        FallbackServer.Answer newest = poll("?room=a&room=b");
        assertThat(newest.texts()).containsExactly("a1", "b1");
        String[] positions = newest.header("Peal-Position").split(", ");
        assertThat(positions[0]).matches("a@.+:1");
        assertThat(positions[1]).matches("b@.+:1");
        String since = "&since=" + positions[0].replace("@", "%40") + "&since=" + positions[1].replace("@", "%40");
        CompletableFuture<FallbackServer.Answer> waited =
                server.getLater("/api/messages?room=a&room=b&wait=60" + since, server.as("ann"));
        Await.until("the poll waits", () -> server.waitingPolls() == 1);
        say("b", "b2");
        assertThat(waited.join().texts()).containsExactly("b2");
        assertThat(waited.join().header("Peal-Recovered")).isEqualTo("a=true, b=true");
    }

    @Test
    void whatHasNotChangedIsNotSentAgain() {
        say("lobby", "one");
        FallbackServer.Answer first = poll("?room=lobby");
        FallbackServer.Answer same =
                server.get("/api/messages?room=lobby", server.as("ann", "If-None-Match", first.header("ETag")));
        assertThat(same.status()).isEqualTo(304);
        say("lobby", "two");
        assertThat(server.get("/api/messages?room=lobby", server.as("ann", "If-None-Match", first.header("ETag")))
                        .texts())
                .containsExactly("one", "two");
    }

    @Test
    void withoutARoomBroadcastsAndOnesOwnNotificationsCome() {
        FallbackServer.Answer none = poll("");
        String[] positions = none.header("Peal-Position").split(", ");
        assertThat(positions[0]).startsWith("notifications@");
        assertThat(positions[1]).startsWith("broadcasts@");
        String since = "&since=" + positions[0].replace("@", "%40") + "&since=" + positions[1].replace("@", "%40");
        CompletableFuture<FallbackServer.Answer> waited =
                server.getLater("/api/messages?wait=60" + since, server.as("ann"));
        Await.until("the poll waits", () -> server.waitingPolls() == 1);
        server.program().post("/api/v1/users/ann/notifications", "{\"data\":{\"title\":\"for you\"}}");
        JsonNode mine = waited.join().json().get(0);
        assertThat(mine.path("type").asString()).isEqualTo("notification");
        assertThat(mine.path("offset").asLong()).isEqualTo(1);
        CompletableFuture<FallbackServer.Answer> again =
                server.getLater("/api/messages?wait=60" + since.replace(":0&", ":1&"), server.as("ann"));
        Await.until("the poll waits", () -> server.waitingPolls() == 1);
        server.program().post("/api/v1/broadcast", "{\"data\":{\"title\":\"for all\"}}");
        JsonNode all = again.join().json().get(0);
        assertThat(all.at("/data/title").asString()).isEqualTo("for all");
        assertThat(all.has("offset")).isFalse();
    }

    /** A header says what is accepted as the next {@code since}, and what a reader made of it before it had a name is accepted too. */
    @Test
    void whoIsNotSignedInPollsBroadcastsByWhatItIsTold() {
        server.close();
        server = FallbackServer.start(folder.resolve("data"), "auth.mode", "open");
        FallbackServer.Answer none = server.get("/api/messages");
        String position = none.header("Peal-Position");
        assertThat(position).matches("broadcasts@[^:]+:0");
        for (int round = 0; round < 2; round++) {
            String since = round == 0 ? position.replace("@", "%40") : position.replace("broadcasts@", "");
            CompletableFuture<FallbackServer.Answer> waited = server.getLater("/api/messages?wait=60&since=" + since);
            Await.until("the poll waits", () -> server.waitingPolls() == 1);
            server.program().post("/api/v1/broadcast", "{\"data\":{\"title\":\"for all\"}}");
            FallbackServer.Answer all = waited.join();
            assertThat(all.types()).containsExactly("notification");
            assertThat(all.header("Peal-Recovered")).isEqualTo("broadcasts=true");
            position = all.header("Peal-Position");
            assertThat(position).endsWith(":" + (round + 1));
        }
        String elsewhere = server.get("/api/messages?since=elsewhere:7").header("Peal-Reason");
        assertThat(elsewhere).isEqualTo("broadcasts=epoch_changed");
        assertThat(server.get("/api/messages?since=e:7", server.as("ann")).problem())
                .as("of two logs one must be named")
                .isEqualTo("400 bad_since");
    }
}
