package dev.peal.docs;

import static dev.peal.docs.Docs.*;
import static dev.peal.docs.Shared.add;
import static dev.peal.docs.Shared.comment;
import static dev.peal.docs.Shared.comments;
import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.docs.access.HeldStore;
import dev.peal.log.MemoryLog;
import dev.peal.log.Retention;
import dev.peal.store.MemoryStore;
import dev.peal.store.ScanRequest;
import dev.peal.store.Store;
import dev.peal.store.StoreKey;
import dev.peal.store.StoreRead;
import dev.peal.testkit.ManualClock;
import dev.peal.testkit.ManualOwner;
import dev.peal.testkit.SessionRig;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Comments and the store: what is told is stored, and what others stored is seen. */
class CommentsStoredTest {
    private static final String HI = "\"text\":\"hi\"";

    private final HeldStore held = new HeldStore(new MemoryStore());
    private final Shared server = new Shared(kept());
    private SessionRig.Client ann = joined(server.rig(), 0, "ann", "notes");

    private SessionRig.Kept kept() {
        ManualClock clock = new ManualClock();
        return new SessionRig.Kept(clock, new MemoryLog(clock, kind -> Retention.ALL), held);
    }

    private Store store() {
        return held.within("app").within(DocsApp.KIND);
    }

    private List<StoreRead.Row> rows(String table) {
        ManualOwner owner = new ManualOwner(server.rig().clock());
        List<StoreRead.Row> rows = new ArrayList<>();
        store().scan(ScanRequest.all(table), owner, read -> rows.addAll(((StoreRead.Rows) read).rows()));
        owner.runReady();
        return rows;
    }

    private void put(String table, String key, String value) {
        ManualOwner owner = new ManualOwner(server.rig().clock());
        store().put(new StoreKey(table, key), value.getBytes(StandardCharsets.UTF_8), Store.ANY, owner, done -> {});
        owner.runReady();
    }

    private String type(long revision, String ops) {
        return operation("notes", revision, ops);
    }

    @Test
    void nothingIsToldBeforeItIsStored() {
        ann.send(type(0, "[{\"insert\":\"hello world\"}]")).take();
        held.hold();
        ann.send(add("k", "notes", "c", 6, 5, 1, "hi"));
        assertThat(ann.take()).isEmpty();
        held.release();
        assertThat(types(frames(ann))).containsExactly("comment", "ack");
    }

    /** The row says where it was, the operations since where it is now. */
    @Test
    void theTextGoesOnWhileACommentIsOnItsWay() {
        ann.send(type(0, "[{\"insert\":\"hello world\"}]")).take();
        SessionRig.Client bob = bob();
        held.hold();
        ann.send(add("k", "notes", "c", 6, 5, 1, "hi"));
        for (int i = 0; i < 2 * Shared.EVERY; i++) {
            bob.send(type(1 + i, "[{\"insert\":\"x\"}]")).take();
        }
        held.release();
        JsonNode told = one(frames(ann), "comment").at("/data");
        assertThat(told.at("/comment/range/index").asInt()).isEqualTo(6 + 2 * Shared.EVERY);
        assertThat(told.path("revision").asLong()).isEqualTo(1 + 2 * Shared.EVERY);
        server.restart();
        ann = joined(server.rig(), 0, "ann", "notes");
        assertThat(comments(ann, "notes").at("/comments/0/range/index").asInt()).isEqualTo(6 + 2 * Shared.EVERY);
    }

    private SessionRig.Client bob() {
        assertThat(server.grant("ann", "notes", "bob", "editor")).isEqualTo("200");
        return joined(server.rig(), 1, "bob", "notes");
    }

    @Test
    void whatCannotBeStoredDidNotHappen() {
        ann.send(type(0, "[{\"insert\":\"hello\"}]")).take();
        ann.send(add("k", "notes", "c", 0, 5, 1, "hi")).take();
        held.fail(true);
        for (String message : List.of(
                add("k", "notes", "d", 0, 5, 1, "hi"),
                comment("k", "notes", "c", "\"action\":\"reply\",\"replyId\":\"r\"," + HI),
                comment("k", "notes", "c", "\"action\":\"resolve\""),
                comment("k", "notes", "c", "\"action\":\"delete\""),
                ask("version", "v", "notes", "\"name\":\"One\""))) {
            assertThat(error(ann.send(message))).isEqualTo("unavailable");
        }
        held.fail(false);
        JsonNode all = comments(ann, "notes").path("comments");
        assertThat(all).hasSize(1);
        assertThat(all.at("/0/resolved").asBoolean()).isFalse();
        assertThat(all.at("/0/replies")).isEmpty();
        assertThat(types(frames(ann.send(add("k", "notes", "d", 0, 5, 1, "hi")))))
                .containsExactly("comment", "ack");
    }

    @Test
    void aDocumentWhoseCommentsCannotBeReadIsNotOpened() {
        ann.send(type(0, "[{\"insert\":\"hello\"}]")).take();
        server.restart();
        held.fail(true);
        SessionRig.Client again = signedIn(server.rig(), 0, "ann").send(join("notes"));
        assertThat(error(again)).isEqualTo("unavailable");
        held.fail(false);
        assertThat(types(frames(again.send(join("notes"))))).containsExactly("document");
    }

    @Test
    void whatAnotherWriterLeftIsSeenBeforeItIsChanged() {
        ann.send(comment("k", "notes", "c", "\"action\":\"add\"," + HI)).take();
        String row = new String(rows("comments").getFirst().value(), StandardCharsets.UTF_8);
        put("comments", "notes/c", row.replace("\"text\":\"hi\"", "\"text\":\"other words\""));
        List<JsonNode> frames = frames(ann.send(comment("k", "notes", "c", "\"action\":\"resolve\"")));
        JsonNode comment = one(frames, "comment").at("/data/comment");
        assertThat(comment.path("text").asString()).isEqualTo("other words");
        assertThat(comment.path("resolved").asBoolean()).isTrue();
        assertThat(new String(rows("comments").getFirst().value(), StandardCharsets.UTF_8))
                .contains("other words")
                .contains("\"resolved\":true");
    }

    @Test
    void theSameCommentOfTwoWritersIsOnlyOnes() {
        ann.send(comment("k", "notes", "c", "\"action\":\"add\"," + HI)).take();
        String row = new String(rows("comments").getFirst().value(), StandardCharsets.UTF_8);
        put("comments", "notes/d", row.replace("\"userId\":\"ann\"", "\"userId\":\"bob\""));
        assertThat(error(ann.send(comment("k", "notes", "d", "\"action\":\"add\"," + HI))))
                .isEqualTo("message_id_reused");
        assertThat(comments(ann, "notes").path("comments")).hasSize(2);
    }

    /** The process ended between a comment and its replies. */
    @Test
    void repliesWithoutTheirCommentDoNotComeBack() {
        ann.send(comment("k", "notes", "c", "\"action\":\"add\"," + HI))
                .send(comment("k", "notes", "c", "\"action\":\"reply\",\"replyId\":\"r\"," + HI))
                .take();
        assertThat(rows("replies")).hasSize(1);
        ManualOwner owner = new ManualOwner(server.rig().clock());
        store().delete(new StoreKey("comments", "notes/c"), Store.ANY, owner, done -> {});
        server.restart();
        ann = joined(server.rig(), 0, "ann", "notes");
        assertThat(comments(ann, "notes").path("comments")).isEmpty();
        ann.send(comment("k", "notes", "c", "\"action\":\"add\"," + HI)).take();
        assertThat(comments(ann, "notes").at("/comments/0/replies")).isEmpty();
        assertThat(rows("replies")).isEmpty();
    }

    @Test
    void whatWaitsForTheStoreIsBounded() {
        held.hold();
        List<SessionRig.Client> many = new ArrayList<>();
        held.release();
        for (int i = 0; i < 102; i++) {
            assertThat(server.grant("ann", "notes", "u" + i, "commenter")).isEqualTo("200");
            many.add(joined(server.rig(), i % 2, "u" + i, "notes"));
        }
        many.forEach(SessionRig.Client::take);
        held.hold();
        for (int i = 0; i < 102; i++) {
            many.get(i).send(comment("k", "notes", "c" + i, "\"action\":\"add\"," + HI));
        }
        server.rig().settle();
        int refused = 0;
        for (SessionRig.Client client : many) {
            refused += of(frames(client), "error").size();
        }
        assertThat(refused).as("one is written, a hundred wait").isEqualTo(1);
        held.release();
        server.rig().settle();
        while (of(frames(ann), "comment").size() > 0) {
            held.release();
        }
        assertThat(comments(ann, "notes").path("comments")).hasSize(101);
    }

    @Test
    void documentsDoNotShareComments() {
        SessionRig.Client other = joined(server.rig(), 0, "ann", "notes-2");
        ann.send(comment("k", "notes", "c", "\"action\":\"add\"," + HI)).take();
        assertThat(comments(other, "notes-2").path("comments")).isEmpty();
        server.restart();
        other = joined(server.rig(), 0, "ann", "notes-2");
        assertThat(comments(other, "notes-2").path("comments")).isEmpty();
        assertThat(comments(joined(server.rig(), 1, "ann", "notes"), "notes").path("comments"))
                .hasSize(1);
    }
}
