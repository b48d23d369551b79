package dev.peal.chat;

import static dev.peal.chat.Frames.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.session.SessionConfig;
import dev.peal.testkit.SessionRig;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Positions, ids and pages that make no sense: each a stable answer, and the connection stays. */
class BadInputTest {
    private final SessionRig rig = new SessionRig(List.of(new ChatApp()), 1, SessionConfig.DEFAULT);
    private final SessionRig.Client ann = signedIn(rig, 0, "ann");

    private void refuses(String frame, String code) {
        assertThat(ann.send(frame).take())
                .as(frame)
                .singleElement()
                .asString()
                .startsWith("{\"type\":\"error\"")
                .contains("\"code\":\"" + code + "\"");
        assertThat(ann.connection().closed()).isNull();
    }

    private static String joinWith(String since) {
        return "{\"type\":\"join_room\",\"id\":\"j\",\"data\":{\"roomId\":\"k\",\"since\":" + since + "}}";
    }

    @Test
    void aPositionThatIsNoneIsRefused() {
        for (String since : List.of(
                "{\"epoch\":\"E\",\"offset\":-1}",
                "{\"epoch\":\"E\",\"offset\":\"7\"}",
                "{\"epoch\":\"E\",\"offset\":1.5}",
                "{\"epoch\":\"E\",\"offset\":9007199254740992}",
                "{\"epoch\":\"E\",\"offset\":null}",
                "{\"epoch\":\"E\"}",
                "{\"epoch\":\"\",\"offset\":1}",
                "{\"offset\":1}",
                "\"E:1\"",
                "7",
                "[]")) {
            refuses(joinWith(since), "invalid_message");
        }
    }

    @Test
    void aPositionFromTheFutureOrAnotherHistoryIsNotRecovered() {
        String epoch = epoch(ann.send(joinAsking("j", "k")).take());
        ann.send(message("k", "one")).take();
        for (String since : List.of(
                "{\"epoch\":\"" + epoch + "\",\"offset\":2}",
                "{\"epoch\":\"" + epoch + "\",\"offset\":9007199254740991}",
                "{\"epoch\":\"other\",\"offset\":0}",
                "{\"epoch\":\"other\",\"offset\":1}")) {
            assertThat(ann.send(joinWith(since)).take())
                    .as(since)
                    .singleElement()
                    .asString()
                    .contains("\"recovered\":false", "\"reason\":\"epoch_changed\"", "\"oldest\":1", "\"offset\":1");
        }
        assertThat(ann.send(joinSince("k", epoch, 1)).take())
                .singleElement()
                .asString()
                .contains("\"recovered\":true");
    }

    @Test
    void aMessageIdHas64Characters() {
        ann.send(join("k")).take();
        assertThat(types(ann.send(messageOnce("a", "x".repeat(64), "k", "hi")).take()))
                .containsExactly("message", "ack");
        refuses(messageOnce("b", "x".repeat(65), "k", "hi"), "invalid_message");
        refuses(messageOnce("c", "", "k", "hi"), "invalid_message");
        refuses(messageOnce("d", "x".repeat(64), "k", "another"), "message_id_reused");
        assertThat(ann.send("{\"type\":\"history\",\"id\":1,\"data\":{\"roomId\":\"k\"}}")
                        .take())
                .singleElement()
                .asString()
                .contains("\"newest\":1")
                .doesNotContain("another");
    }

    @Test
    void aPageHas1To200Entries() {
        for (String type : List.of("history", "presence", "notifications")) {
            for (String limit : List.of("0", "-1", "201", "10000000", "1.5", "\"5\"")) {
                refuses(
                        "{\"type\":\"" + type + "\",\"id\":1,\"data\":{\"roomId\":\"k\",\"limit\":" + limit + "}}",
                        "invalid_message");
            }
            for (String limit : List.of("1", "200")) {
                assertThat(types(ann.send("{\"type\":\"" + type + "\",\"id\":1,\"data\":{\"roomId\":\"k\",\"limit\":"
                                        + limit + "}}")
                                .take()))
                        .containsExactly(type);
            }
        }
    }

    @Test
    void anOffsetBeyondBothEndsOfTheHistoryIsAnEmptyPage() {
        ann.send(join("k")).send(message("k", "one")).take();
        for (String bounds : List.of("\"after\":9007199254740991", "\"after\":1", "\"before\":0", "\"before\":1")) {
            assertThat(ann.send("{\"type\":\"history\",\"id\":1,\"data\":{\"roomId\":\"k\"," + bounds + "}}")
                            .take())
                    .as(bounds)
                    .singleElement()
                    .asString()
                    .contains("\"entries\":[]", "\"oldest\":1", "\"newest\":1", "\"more\":false");
        }
        for (String bounds : List.of("\"after\":-1", "\"before\":-1", "\"after\":\"1\"", "\"before\":1e300")) {
            refuses("{\"type\":\"history\",\"id\":1,\"data\":{\"roomId\":\"k\"," + bounds + "}}", "invalid_message");
        }
        assertThat(ann.send("{\"type\":\"history\",\"id\":1,\"data\":{\"roomId\":\"k\",\"after\":0,\"before\":2}}")
                        .take())
                .singleElement()
                .asString()
                .contains("\"one\"");
    }

    @Test
    void aSessionIdThatIsNoneBeginsAnewOne() {
        for (String id : List.of("x", "x".repeat(64), "pZ4V3vYlQm2o9T1bXcE8Ag")) {
            assertThat(rig.open(0)
                            .send("{\"type\":\"authenticate\",\"data\":{\"token\":\"ann\",\"sessionId\":\"" + id
                                    + "\"}}")
                            .take())
                    .singleElement()
                    .asString()
                    .contains("\"resumed\":false")
                    .doesNotContain("\"sessionId\":\"" + id + "\"");
        }
    }
}
