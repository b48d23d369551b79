package dev.peal.docs;

import static dev.peal.docs.Docs.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.testkit.SessionRig;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Documents as a client meets them that knows the base alone: no ids, no clientId, no since. */
class BaseClientTest {
    private final SessionRig rig = rig(app());
    private final SessionRig.Client ann = signedIn(rig, 0, "ann");
    private final SessionRig.Client bob = signedIn(rig, 1, "bob");

    @Test
    void aDocumentThatNobodyOpenedIsMade() {
        List<JsonNode> frames = frames(ann.send(join("notes")));
        assertThat(types(frames)).containsExactly("document");
        JsonNode data = frames.get(0).path("data");
        assertThat(frames.get(0).has("id")).isFalse();
        assertThat(data.path("documentId").asString()).isEqualTo("notes");
        assertThat(data.path("revision").longValue()).isZero();
        assertThat(data.path("content").toString()).isEqualTo("{\"ops\":[]}");
        assertThat(data.path("users").toString()).isEqualTo("[{\"userId\":\"ann\",\"userName\":\"ANN\"}]");
        assertThat(data.path("role").asString()).isEqualTo("editor");
    }

    @Test
    void theOthersAreToldWhoComesAndGoes() {
        ann.send(join("notes")).take();
        bob.send(join("notes")).take();
        assertThat(ann.take())
                .containsExactly(
                        "{\"type\":\"user_joined\",\"data\":{\"userId\":\"bob\",\"userName\":\"BOB\",\"documentId\":\"notes\"}}");
        bob.breaks();
        rig.settle();
        assertThat(ann.take())
                .containsExactly(
                        "{\"type\":\"user_left\",\"data\":{\"userId\":\"bob\",\"userName\":\"BOB\",\"documentId\":\"notes\"}}");
    }

    @Test
    void anOperationGoesToEveryoneAndCountsItself() {
        ann.send(join("notes")).take();
        bob.send(join("notes")).take();
        ann.take();
        ann.send(operation("notes", 0, "[{\"insert\":\"hello\"}]"));
        JsonNode own = one(frames(ann), "operation");
        assertThat(own.path("offset").longValue()).isEqualTo(1);
        assertThat(own.at("/data/revision").longValue()).isEqualTo(1);
        assertThat(own.at("/data/userId").asString()).isEqualTo("ann");
        assertThat(own.at("/data/operation").toString()).isEqualTo("{\"ops\":[{\"insert\":\"hello\"}]}");
        assertThat(one(frames(bob), "operation")).isEqualTo(own);
    }

    @Test
    void nothingHasToBeWaitedFor() {
        ann.send(join("notes"))
                .send(operation("notes", 0, "[{\"insert\":\"a\"}]"))
                .send(operation("notes", 0, "[{\"insert\":\"b\"}]"));
        assertThat(types(frames(ann))).containsExactly("document", "operation", "operation");
        assertThat(content(rig, "notes").text()).isEqualTo("ab");
    }

    @Test
    void whatWasMadeOnAnOlderRevisionIsTransformed() {
        ann.send(join("notes"))
                .send(operation("notes", 0, "[{\"insert\":\"hello\"}]"))
                .take();
        bob.send(join("notes")).take();
        ann.send(operation("notes", 1, "[{\"insert\":\"say \"}]"));
        rig.settle();
        bob.send(operation("notes", 1, "[{\"retain\":5},{\"insert\":\" world\"}]"));
        List<JsonNode> seen = of(frames(bob), "operation");
        assertThat(seen.get(1).at("/data/operation").toString())
                .isEqualTo("{\"ops\":[{\"retain\":9},{\"insert\":\" world\"}]}");
        assertThat(content(rig, "notes").text()).isEqualTo("say hello world");
    }

    @Test
    void ofTwoInsertsAtOnePlaceTheOneThatIsStoredFirstStandsFirst() {
        ann.send(join("notes")).take();
        bob.send(join("notes")).take();
        ann.send(operation("notes", 0, "[{\"insert\":\"A\"}]"));
        rig.settle();
        bob.send(operation("notes", 0, "[{\"insert\":\"B\"}]"));
        rig.settle();
        assertThat(content(rig, "notes").text()).isEqualTo("AB");
    }

    @Test
    void joiningTwiceShowsTheDocumentAsItIsByThen() {
        ann.send(join("notes")).take();
        bob.send(join("notes")).take();
        ann.take();
        ann.send(operation("notes", 0, "[{\"insert\":\"x\"}]")).take();
        bob.take();
        JsonNode again = one(frames(bob.send(join("notes"))), "document");
        assertThat(again.at("/data/revision").longValue()).isEqualTo(1);
        assertThat(again.at("/data/content").toString()).isEqualTo("{\"ops\":[{\"insert\":\"x\"}]}");
        assertThat(ann.take()).isEmpty();
        ann.send(operation("notes", 1, "[{\"insert\":\"y\"}]")).take();
        assertThat(types(frames(bob))).containsExactly("operation");
    }

    @Test
    void whoIsNotInADocumentChangesNothing() {
        ann.send(operation("notes", 0, "[{\"insert\":\"x\"}]"));
        assertThat(error(ann)).isEqualTo("not_a_member");
        ann.send(join("notes")).send(leave("notes")).take();
        ann.send(operation("notes", 0, "[{\"insert\":\"x\"}]"));
        assertThat(error(ann)).isEqualTo("not_a_member");
        assertThat(entries(rig, "notes")).isEmpty();
        assertThat(rig.rooms()).isZero();
    }

    @Test
    void inOpenModeTheMessageNamesItsSender() {
        SessionRig.Client nobody = openMode();
        JsonNode document = one(
                frames(nobody.send(
                        "{\"type\":\"join_document\",\"data\":{\"documentId\":\"notes\",\"userId\":\"zoe\"}}")),
                "document");
        assertThat(document.at("/data/users/0/userId").asString()).isEqualTo("zoe");
        nobody.send(
                "{\"type\":\"operation\",\"data\":{\"documentId\":\"notes\",\"userId\":\"zoe\",\"operation\":{\"ops\":[{\"insert\":\"x\"}]},\"revision\":0}}");
        assertThat(one(frames(nobody), "operation").at("/data/userId").asString())
                .isEqualTo("zoe");
    }

    private static SessionRig.Client openMode() {
        return openRig(app()).open(0, "/docs");
    }

    @Test
    void aUserIdInAMessageNeverOverridesTheSessions() {
        ann.send("{\"type\":\"join_document\",\"data\":{\"documentId\":\"notes\",\"userId\":\"zoe\"}}")
                .take();
        ann.send(
                "{\"type\":\"operation\",\"data\":{\"documentId\":\"notes\",\"userId\":\"zoe\",\"operation\":{\"ops\":[{\"insert\":\"x\"}]},\"revision\":0}}");
        assertThat(one(frames(ann), "operation").at("/data/userId").asString()).isEqualTo("ann");
    }

    @Test
    void cursorsGoToTheOthersAndAreMovedAlong() {
        ann.send(join("notes"))
                .send(operation("notes", 0, "[{\"insert\":\"hello\"}]"))
                .take();
        bob.send(join("notes")).take();
        ann.take();
        ann.send(operation("notes", 1, "[{\"insert\":\"say \"}]")).take();
        bob.take();
        bob.send(ask("cursor_position", "", "notes", "\"position\":5,\"revision\":1")
                .replace("\"id\":\"\",", ""));
        assertThat(one(frames(ann), "cursor_position").path("data").toString())
                .isEqualTo(
                        "{\"documentId\":\"notes\",\"userId\":\"bob\",\"userName\":\"BOB\",\"position\":9,\"revision\":2}");
        assertThat(bob.take()).isEmpty();
        assertThat(entries(rig, "notes")).hasSize(2);
    }

    @Test
    void theRootSpeaksTheSame() {
        SessionRig.Client root = rig.open(0).send("{\"type\":\"authenticate\",\"data\":{\"token\":\"ann\"}}");
        root.take();
        assertThat(types(frames(root.send(join("notes"))))).containsExactly("document");
    }

    @Test
    void withAnIdEachGetsOneReplyBehindItsOwnPush() {
        List<JsonNode> frames = frames(ann.send(joinAsking("j", "notes"))
                .send(operationAsking("o", "notes", 0, "[{\"insert\":\"x\"}]"))
                .send(ask("cursor_position", "c", "notes", "\"position\":1"))
                .send(leave("notes")));
        assertThat(types(frames)).containsExactly("document", "operation", "ack", "ack", "ack");
        assertThat(frames.get(0).path("id").asString()).isEqualTo("j");
        String epoch = frames.get(0).at("/data/epoch").asString();
        assertThat(of(frames, "ack").stream().map(JsonNode::toString))
                .containsExactlyInAnyOrder(
                        "{\"type\":\"ack\",\"id\":\"o\",\"data\":{\"documentId\":\"notes\",\"epoch\":\"" + epoch
                                + "\",\"offset\":1}}",
                        "{\"type\":\"ack\",\"id\":\"c\",\"data\":{\"documentId\":\"notes\"}}",
                        "{\"type\":\"ack\",\"id\":\"l\",\"data\":{\"documentId\":\"notes\"}}");
    }
}
