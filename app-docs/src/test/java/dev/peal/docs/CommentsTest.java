package dev.peal.docs;

import static dev.peal.docs.Docs.*;
import static dev.peal.docs.Shared.add;
import static dev.peal.docs.Shared.comment;
import static dev.peal.docs.Shared.comments;
import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.testkit.SessionRig;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What people say about a text, who may, and how much. */
class CommentsTest {
    private static final String HI = "\"text\":\"hi\"";

    private final Shared server = new Shared();
    private final SessionRig rig = server.rig();
    private final SessionRig.Client ann = joined(rig, 0, "ann", "notes");

    private SessionRig.Client with(String user, String role) {
        assertThat(server.grant("ann", "notes", user, role)).isEqualTo("200");
        SessionRig.Client client = joined(rig, 1, user, "notes");
        ann.take();
        return client;
    }

    private long type(String ops, long revision) {
        ann.send(operation("notes", revision, ops)).take();
        return revision + 1;
    }

    private String answer(SessionRig.Client client, String message) {
        client.take();
        List<JsonNode> frames = frames(client.send(message));
        JsonNode last = frames.getLast();
        return last.path("type").asString().equals("error")
                ? last.at("/data/code").asString()
                : last.path("type").asString();
    }

    private String range(String commentId) {
        for (JsonNode comment : comments(ann, "notes").path("comments")) {
            if (comment.path("commentId").asString().equals(commentId)) {
                JsonNode range = comment.path("range");
                return range.isNull() ? "all" : range.path("index") + "+" + range.path("length");
            }
        }
        return "gone";
    }

    @Test
    void aCommentIsToldToEveryoneAndThenAcknowledged() {
        type("[{\"insert\":\"hello world\"}]", 0);
        SessionRig.Client bob = with("bob", "commenter");
        SessionRig.Client rob = with("rob", "reader");
        bob.take();
        List<JsonNode> frames = frames(bob.send(add("k1", "notes", "c1", 6, 5, 1, "<b>Which?</b>")));
        assertThat(types(frames)).containsExactly("comment", "ack");
        JsonNode told = frames.getFirst().at("/data");
        assertThat(told.at("/comment/quote").asString()).isEqualTo("world");
        assertThat(told.at("/comment/text").asString()).isEqualTo("<b>Which?</b>");
        assertThat(told.at("/comment/userId").asString()).isEqualTo("bob");
        assertThat(told.at("/comment/userName").asString()).isEqualTo("BOB");
        assertThat(told.at("/comment/resolved").asBoolean()).isFalse();
        assertThat(told.path("revision").asLong()).isEqualTo(1);
        assertThat(one(frames(ann), "comment").at("/data")).isEqualTo(told);
        assertThat(one(frames(rob), "comment").at("/data")).isEqualTo(told);
        assertThat(comments(rob, "notes").at("/comments/0")).isEqualTo(told.path("comment"));
        assertThat(entries(rig, "notes")).as("a comment takes no offset").hasSize(1);
    }

    @Test
    void theBytesAreThoseOfTheProtocol() {
        type("[{\"insert\":\"hello world\"}]", 0);
        ann.send(add("k1", "notes", "c1", 6, 5, 1, "Which?"));
        long now = rig.clock().millis();
        String comment =
                "{\"commentId\":\"c1\",\"range\":{\"index\":6,\"length\":5},\"quote\":\"world\",\"text\":\"Which?\",\"userId\":\"ann\","
                        + "\"userName\":\"ANN\",\"timestamp\":" + now + ",\"resolved\":false,\"replies\":[]}";
        assertThat(ann.take())
                .containsExactly(
                        "{\"type\":\"comment\",\"data\":{\"documentId\":\"notes\",\"commentId\":\"c1\",\"revision\":1,\"comment\":"
                                + comment + "}}",
                        "{\"type\":\"ack\",\"id\":\"k1\",\"data\":{\"documentId\":\"notes\"}}");
        assertThat(ann.send(ask("comments", "k2", "notes", "")).take())
                .containsExactly(
                        "{\"type\":\"comments\",\"id\":\"k2\",\"data\":{\"documentId\":\"notes\",\"revision\":1,\"comments\":["
                                + comment + "]}}");
    }

    @Test
    void aRangeMovesWithItsText() {
        long revision = type("[{\"insert\":\"hello brave world\"}]", 0);
        answer(ann, add("k", "notes", "c", 6, 5, revision, "Really?"));
        assertThat(range("c")).isEqualTo("6+5");
        revision = type("[{\"insert\":\"Oh, \"}]", revision);
        assertThat(range("c")).as("text before it").isEqualTo("10+5");
        revision = type("[{\"retain\":10},{\"insert\":\"(\"}]", revision);
        assertThat(range("c")).as("text at its beginning").isEqualTo("11+5");
        revision = type("[{\"retain\":16},{\"insert\":\")\"}]", revision);
        assertThat(range("c")).as("text at its end").isEqualTo("11+5");
        revision = type("[{\"retain\":13},{\"insert\":\"--\"}]", revision);
        assertThat(range("c")).as("text within it").isEqualTo("11+7");
        revision = type("[{\"retain\":9},{\"delete\":4}]", revision);
        assertThat(range("c")).as("its beginning goes").isEqualTo("9+5");
        revision = type("[{\"retain\":9,\"attributes\":{\"bold\":true}}]", revision);
        assertThat(range("c")).as("a format").isEqualTo("9+5");
        revision = type("[{\"delete\":20}]", revision);
        assertThat(range("c")).as("all of it goes").isEqualTo("0+0");
        type("[{\"insert\":\"new \"}]", revision);
        assertThat(range("c")).endsWith("+0");
        assertThat(comments(ann, "notes").at("/comments/0/quote").asString()).isEqualTo("brave");
    }

    @Test
    void aRangeOfAnEarlierRevisionIsMoved() {
        long revision = type("[{\"insert\":\"hello\"}]", 0);
        type("[{\"insert\":\"Oh, \"}]", revision);
        answer(ann, add("k", "notes", "c", 0, 5, revision, "hi"));
        assertThat(range("c")).isEqualTo("4+5");
        JsonNode comment = comments(ann, "notes").at("/comments/0");
        assertThat(comment.path("quote").asString()).isEqualTo("hello");
        assertThat(answer(
                        ann,
                        comment("k", "notes", "d", "\"action\":\"add\",\"range\":{\"index\":0,\"length\":3}," + HI)))
                .as("without a revision it is the newest")
                .isEqualTo("ack");
        assertThat(range("d")).isEqualTo("0+3");
        assertThat(answer(ann, comment("k", "notes", "e", "\"action\":\"add\"," + HI)))
                .isEqualTo("ack");
        assertThat(range("e")).isEqualTo("all");
    }

    @Test
    void whatIsNoRangeOfTheTextIsRefused() {
        long revision = type("[{\"insert\":\"ab\uD83D\uDE00cd\"},{\"insert\":{\"image\":\"https://x.org/a.png\"}}]", 0);
        assertThat(answer(ann, add("k", "notes", "c", 0, 7, revision, "hi"))).isEqualTo("ack");
        assertThat(answer(ann, add("k", "notes", "x", 0, 8, revision, "hi"))).isEqualTo("invalid_operation");
        assertThat(answer(ann, add("k", "notes", "x", 7, 1, revision, "hi"))).isEqualTo("invalid_operation");
        assertThat(answer(ann, add("k", "notes", "x", 0, 3, revision, "hi")))
                .as("half a surrogate pair")
                .isEqualTo("invalid_operation");
        assertThat(answer(ann, add("k", "notes", "x", 3, 2, revision, "hi"))).isEqualTo("invalid_operation");
        assertThat(answer(ann, add("k", "notes", "x", 1_073_741_823, 1_073_741_823, revision, "hi")))
                .isEqualTo("invalid_operation");
        assertThat(answer(ann, add("k", "notes", "x", 0, 1, revision + 1, "hi")))
                .isEqualTo("revision_unknown");
        for (String range : List.of(
                "{}",
                "[]",
                "0",
                "{\"index\":0}",
                "{\"index\":-1,\"length\":1}",
                "{\"index\":0,\"length\":0}",
                "{\"index\":0,\"length\":1.5}",
                "{\"index\":1073741824,\"length\":1}")) {
            assertThat(answer(ann, comment("k", "notes", "x", "\"action\":\"add\",\"range\":" + range + "," + HI)))
                    .as(range)
                    .isEqualTo("invalid_message");
        }
        assertThat(comments(ann, "notes").path("comments")).hasSize(1);
    }

    @Test
    void theQuoteHasALimitAndSplitsNoPair() {
        long revision = type("[{\"insert\":\"a" + "\uD83D\uDE00".repeat(400) + "\"}]", 0);
        answer(ann, add("k", "notes", "c", 0, 801, revision, "hi"));
        String quote = comments(ann, "notes").at("/comments/0/quote").asString();
        assertThat(quote).isEqualTo("a" + "\uD83D\uDE00".repeat(249));
    }

    @Test
    void aRoleSaysWhoMayComment() {
        type("[{\"insert\":\"hello\"}]", 0);
        SessionRig.Client rob = with("rob", "reader");
        assertThat(answer(rob, add("k", "notes", "c", 0, 5, 1, "hi"))).isEqualTo("read_only");
        assertThat(answer(rob, comment("k", "notes", "c", "\"action\":\"delete\"")))
                .isEqualTo("read_only");
        assertThat(comments(rob, "notes").path("comments")).isEmpty();
        SessionRig.Client eve = signedIn(rig, 1, "eve");
        assertThat(answer(eve, add("k", "notes", "c", 0, 5, 1, "hi"))).isEqualTo("not_a_member");
        assertThat(answer(eve, ask("comments", "k", "notes", ""))).isEqualTo("not_a_member");
        SessionRig.Client bob = with("bob", "commenter");
        server.grant("ann", "notes", "bob", "reader");
        assertThat(answer(bob, add("k", "notes", "c", 0, 5, 1, "hi"))).isEqualTo("read_only");
    }

    @Test
    void nobodyChangesAnothersWords() {
        type("[{\"insert\":\"hello\"}]", 0);
        SessionRig.Client bob = with("bob", "commenter");
        SessionRig.Client cal = with("cal", "commenter");
        SessionRig.Client edi = with("edi", "editor");
        answer(bob, add("k", "notes", "c", 0, 5, 1, "hi"));
        answer(cal, comment("k", "notes", "c", "\"action\":\"reply\",\"replyId\":\"r\",\"text\":\"ho\""));
        for (SessionRig.Client other : List.of(cal, edi, ann)) {
            assertThat(answer(other, comment("k", "notes", "c", "\"action\":\"edit\",\"text\":\"x\"")))
                    .isEqualTo("forbidden");
        }
        for (SessionRig.Client other : List.of(bob, edi, ann)) {
            assertThat(answer(
                            other, comment("k", "notes", "c", "\"action\":\"edit\",\"replyId\":\"r\",\"text\":\"x\"")))
                    .isEqualTo("forbidden");
        }
        assertThat(answer(bob, comment("k", "notes", "c", "\"action\":\"edit\",\"text\":\"hi!\"")))
                .isEqualTo("ack");
        assertThat(answer(cal, comment("k", "notes", "c", "\"action\":\"edit\",\"replyId\":\"r\",\"text\":\"ho!\"")))
                .isEqualTo("ack");
        for (String action : List.of("resolve", "reopen", "delete")) {
            assertThat(answer(cal, comment("k", "notes", "c", "\"action\":\"" + action + "\"")))
                    .as(action)
                    .isEqualTo("forbidden");
        }
        assertThat(answer(bob, comment("k", "notes", "c", "\"action\":\"delete\",\"replyId\":\"r\"")))
                .isEqualTo("forbidden");
        JsonNode comment = comments(ann, "notes").at("/comments/0");
        assertThat(comment.path("text").asString()).isEqualTo("hi!");
        assertThat(comment.at("/replies/0/text").asString()).isEqualTo("ho!");
        assertThat(comment.at("/replies/0/userId").asString()).isEqualTo("cal");
    }

    @Test
    void authorsAndEditorsResolveReopenAndDelete() {
        type("[{\"insert\":\"hello\"}]", 0);
        SessionRig.Client bob = with("bob", "commenter");
        SessionRig.Client edi = with("edi", "editor");
        answer(bob, add("k", "notes", "c", 0, 5, 1, "hi"));
        for (SessionRig.Client may : List.of(bob, edi)) {
            assertThat(answer(may, comment("k", "notes", "c", "\"action\":\"resolve\"")))
                    .isEqualTo("ack");
            assertThat(comments(may, "notes").at("/comments/0/resolved").asBoolean())
                    .isTrue();
            ann.take();
            assertThat(answer(may, comment("k", "notes", "c", "\"action\":\"resolve\"")))
                    .as("it is so already")
                    .isEqualTo("ack");
            assertThat(ann.take()).isEmpty();
            assertThat(answer(may, comment("k", "notes", "c", "\"action\":\"reopen\"")))
                    .isEqualTo("ack");
            assertThat(comments(may, "notes").at("/comments/0/resolved").asBoolean())
                    .isFalse();
        }
        answer(bob, comment("k", "notes", "c", "\"action\":\"reply\",\"replyId\":\"r1\",\"text\":\"1\""));
        answer(bob, comment("k", "notes", "c", "\"action\":\"reply\",\"replyId\":\"r2\",\"text\":\"2\""));
        assertThat(answer(edi, comment("k", "notes", "c", "\"action\":\"delete\",\"replyId\":\"r1\"")))
                .isEqualTo("ack");
        assertThat(comments(ann, "notes").at("/comments/0/replies")).hasSize(1);
        ann.take();
        assertThat(answer(edi, comment("k", "notes", "c", "\"action\":\"delete\"")))
                .isEqualTo("ack");
        assertThat(one(frames(ann), "comment").at("/data/comment").isNull()).isTrue();
        assertThat(answer(bob, comment("k", "notes", "c", "\"action\":\"delete\"")))
                .as("it is gone already")
                .isEqualTo("ack");
        for (String action :
                List.of("resolve", "reopen", "edit\",\"text\":\"x", "reply\",\"replyId\":\"r\",\"text\":\"x")) {
            assertThat(answer(edi, comment("k", "notes", "c", "\"action\":\"" + action + "\"")))
                    .as(action)
                    .isEqualTo("not_found");
        }
        answer(bob, add("k", "notes", "c", 0, 5, 1, "again"));
        assertThat(comments(ann, "notes").at("/comments/0/replies"))
                .as("replies went with their comment")
                .isEmpty();
    }

    @Test
    void whatIsSentTwiceIsDoneOnce() {
        type("[{\"insert\":\"hello\"}]", 0);
        SessionRig.Client bob = with("bob", "commenter");
        String add = add("k", "notes", "c", 0, 5, 1, "hi");
        String reply = comment("k", "notes", "c", "\"action\":\"reply\",\"replyId\":\"r\",\"text\":\"ho\"");
        for (int i = 0; i < 2; i++) {
            assertThat(answer(bob, add)).isEqualTo("ack");
            assertThat(answer(bob, reply)).isEqualTo("ack");
        }
        bob.send(comment("k", "notes", "c", "\"action\":\"edit\",\"text\":\"hi\""))
                .take();
        assertThat(frames(ann).stream().map(frame -> frame.path("type").asString()))
                .containsExactly("comment", "comment");
        assertThat(answer(bob, add("k", "notes", "c", 0, 5, 1, "other"))).isEqualTo("message_id_reused");
        assertThat(answer(ann, add)).isEqualTo("message_id_reused");
        assertThat(answer(ann, reply)).isEqualTo("message_id_reused");
        assertThat(comments(ann, "notes").path("comments")).hasSize(1);
    }

    @Test
    void aRepetitionInOneBreathIsTheSame() {
        type("[{\"insert\":\"hello\"}]", 0);
        String add = add("k", "notes", "c", 0, 5, 1, "hi");
        ann.send(add).send(add).send(ask("comments", "all", "notes", ""));
        List<JsonNode> frames = frames(ann);
        assertThat(types(frames)).containsExactlyInAnyOrder("comment", "ack", "ack", "comments");
        assertThat(one(frames, "comments").at("/data/comments"))
                .as("a question sees what was said before it")
                .hasSize(1);
    }

    @Test
    void aDocumentHasAThousandComments() {
        for (int i = 0; i < 1_000; i++) {
            ann.send(comment("k", "notes", "c" + i, "\"action\":\"add\",\"text\":\"" + i + "\""));
            if (i % 50 == 0) {
                rig.settle();
            }
        }
        JsonNode all = comments(ann, "notes").path("comments");
        assertThat(all).hasSize(1_000);
        assertThat(answer(ann, comment("k", "notes", "more", "\"action\":\"add\"," + HI)))
                .isEqualTo("limit_reached");
        assertThat(answer(ann, comment("k", "notes", "c0", "\"action\":\"add\",\"text\":\"0\"")))
                .as("a repetition is none too many")
                .isEqualTo("ack");
        answer(ann, comment("k", "notes", "c7", "\"action\":\"delete\""));
        assertThat(answer(ann, comment("k", "notes", "more", "\"action\":\"add\"," + HI)))
                .isEqualTo("ack");
    }

    @Test
    void aCommentHasTwoHundredReplies() {
        answer(ann, comment("k", "notes", "c", "\"action\":\"add\"," + HI));
        for (int i = 0; i < 200; i++) {
            ann.send(comment("k", "notes", "c", "\"action\":\"reply\",\"replyId\":\"r" + i + "\"," + HI));
            if (i % 50 == 0) {
                rig.settle();
            }
        }
        assertThat(comments(ann, "notes").at("/comments/0/replies")).hasSize(200);
        assertThat(answer(ann, comment("k", "notes", "c", "\"action\":\"reply\",\"replyId\":\"more\"," + HI)))
                .isEqualTo("limit_reached");
        answer(ann, comment("k", "notes", "c", "\"action\":\"delete\",\"replyId\":\"r9\""));
        assertThat(answer(ann, comment("k", "notes", "c", "\"action\":\"reply\",\"replyId\":\"more\"," + HI)))
                .isEqualTo("ack");
    }

    @Test
    void aTextHasALimitAndAllTogetherHaveOne() {
        String longest = "\uD83D\uDE00".repeat(4_000);
        assertThat(answer(ann, comment("k", "notes", "x", "\"action\":\"add\",\"text\":\"" + longest + "x\"")))
                .isEqualTo("invalid_message");
        assertThat(answer(ann, comment("k", "notes", "x", "\"action\":\"add\",\"text\":\"\"")))
                .isEqualTo("invalid_message");
        int fit = (1 << 20) / 16_000;
        for (int i = 0; i < fit; i++) {
            assertThat(answer(ann, comment("k", "notes", "c" + i, "\"action\":\"add\",\"text\":\"" + longest + "\"")))
                    .isEqualTo("ack");
        }
        String rest = "x".repeat((1 << 20) - fit * 16_000 - 1);
        answer(ann, comment("k", "notes", "fill0", "\"action\":\"add\",\"text\":\"" + rest.substring(0, 4_000) + "\""));
        for (int i = 1; i * 4_000 < rest.length(); i++) {
            String part = rest.substring(i * 4_000, Math.min(rest.length(), (i + 1) * 4_000));
            assertThat(answer(ann, comment("k", "notes", "fill" + i, "\"action\":\"add\",\"text\":\"" + part + "\"")))
                    .isEqualTo("ack");
        }
        assertThat(answer(ann, comment("k", "notes", "c0", "\"action\":\"reply\",\"replyId\":\"r\",\"text\":\"xx\"")))
                .isEqualTo("limit_reached");
        assertThat(answer(ann, comment("k", "notes", "c0", "\"action\":\"reply\",\"replyId\":\"r\",\"text\":\"x\"")))
                .isEqualTo("ack");
        assertThat(answer(ann, comment("k", "notes", "c0", "\"action\":\"edit\",\"replyId\":\"r\",\"text\":\"xx\"")))
                .isEqualTo("limit_reached");
        assertThat(answer(ann, comment("k", "notes", "c0", "\"action\":\"edit\",\"text\":\"short\"")))
                .isEqualTo("ack");
        assertThat(answer(ann, comment("k", "notes", "c0", "\"action\":\"edit\",\"replyId\":\"r\",\"text\":\"xx\"")))
                .isEqualTo("ack");
    }

    @Test
    void whatHasNoFormIsRefused() {
        for (String fields : List.of(
                "",
                "\"action\":\"add\"",
                "\"action\":\"shout\",\"text\":\"x\"",
                "\"action\":null",
                "\"action\":\"reply\",\"text\":\"x\"",
                "\"action\":\"reply\",\"replyId\":\"r\"",
                "\"action\":\"edit\"",
                "\"action\":\"delete\",\"replyId\":\"a/b\"")) {
            String message =
                    ask("comment", "k", "notes", "\"commentId\":\"c\"" + (fields.isEmpty() ? "" : "," + fields));
            assertThat(answer(ann, message)).as(fields).isEqualTo("invalid_message");
        }
        for (String id : List.of("", "a/b", "a b", "x".repeat(65))) {
            assertThat(answer(ann, comment("k", "notes", id, "\"action\":\"add\"," + HI)))
                    .isEqualTo("invalid_message");
        }
    }
}
