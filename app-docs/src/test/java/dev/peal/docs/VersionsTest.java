package dev.peal.docs;

import static dev.peal.docs.Docs.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.testkit.SessionRig;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Revisions with names. */
class VersionsTest {
    private final Shared server = new Shared();
    private SessionRig.Client ann = joined(server.rig(), 0, "ann", "notes");

    private SessionRig.Client with(String user, String role) {
        assertThat(server.grant("ann", "notes", user, role)).isEqualTo("200");
        SessionRig.Client client = joined(server.rig(), 1, user, "notes");
        ann.take();
        return client;
    }

    private void type(long revision) {
        ann.send(operation("notes", revision, "[{\"insert\":\"x\"}]")).take();
    }

    private static String version(String fields) {
        return ask("version", "v", "notes", fields);
    }

    private JsonNode all(SessionRig.Client client) {
        client.take();
        return one(frames(client.send(ask("versions", "all", "notes", ""))), "versions")
                .at("/data");
    }

    @Test
    void aVersionIsToldToEveryoneAndThenAcknowledged() {
        SessionRig.Client edi = with("edi", "editor");
        type(0);
        type(1);
        edi.take();
        List<JsonNode> frames = frames(edi.send(version("\"name\":\"<i>Sent</i>\",\"versionId\":\"v1\"")));
        assertThat(types(frames)).containsExactly("version", "ack");
        JsonNode told = frames.getFirst().at("/data/version");
        assertThat(told.path("revision").asLong()).isEqualTo(2);
        assertThat(told.path("name").asString()).isEqualTo("<i>Sent</i>");
        assertThat(told.path("userId").asString()).isEqualTo("edi");
        assertThat(one(frames(ann), "version").at("/data/version")).isEqualTo(told);
        frames(edi.send(version("\"name\":\"First\",\"revision\":1")));
        server.restart();
        ann = joined(server.rig(), 0, "ann", "notes");
        JsonNode all = all(ann);
        assertThat(all.path("revision").asLong()).isEqualTo(2);
        assertThat(all.path("oldest").asLong()).isZero();
        assertThat(all.at("/versions/0/name").asString()).isEqualTo("First");
        assertThat(all.at("/versions/0/versionId").asString()).matches("[A-Za-z0-9_-]{22}");
        assertThat(all.at("/versions/1")).isEqualTo(told);
    }

    @Test
    void editorsNameAndEverybodySees() {
        type(0);
        for (String role : List.of("reader", "commenter")) {
            SessionRig.Client client = with(role, role);
            assertThat(error(client.send(version("\"name\":\"x\"")))).isEqualTo("read_only");
            assertThat(all(client).path("versions")).isEmpty();
        }
        assertThat(error(signedIn(server.rig(), 1, "eve").send(version("\"name\":\"x\""))))
                .isEqualTo("not_a_member");
    }

    @Test
    void whatIsSentTwiceIsDoneOnce() {
        type(0);
        SessionRig.Client edi = with("edi", "editor");
        String once = version("\"name\":\"One\",\"versionId\":\"v1\"");
        assertThat(types(frames(ann.send(once)))).containsExactly("version", "ack");
        assertThat(types(frames(ann.send(once)))).containsExactly("ack");
        assertThat(types(frames(ann.send(once)
                        .send(version("\"name\":\"Two\",\"versionId\":\"v2\""))
                        .send(version("\"name\":\"Two\",\"versionId\":\"v2\"")))))
                .containsExactlyInAnyOrder("ack", "version", "ack", "ack");
        assertThat(error(ann.send(version("\"name\":\"Other\",\"versionId\":\"v1\""))))
                .isEqualTo("message_id_reused");
        edi.take();
        assertThat(error(edi.send(once))).isEqualTo("message_id_reused");
        assertThat(all(ann).path("versions")).hasSize(2);
    }

    @Test
    void onlyRevisionsThatThereAreHaveNames() {
        type(0);
        assertThat(error(ann.send(version("\"name\":\"x\",\"revision\":2")))).isEqualTo("revision_unknown");
        for (String fields : List.of(
                "\"name\":\"\"",
                "\"name\":\"a\\nb\"",
                "\"name\":\"" + "x".repeat(201) + "\"",
                "\"name\":5",
                "\"name\":\"x\",\"revision\":-1",
                "\"name\":\"x\",\"versionId\":\"a/b\"",
                "\"name\":\"x\",\"versionId\":\"" + "x".repeat(65) + "\"")) {
            assertThat(error(ann.send(version(fields)))).as(fields).isEqualTo("invalid_message");
        }
        String longest = "\uD83D\uDE00".repeat(200);
        assertThat(types(frames(ann.send(version("\"name\":\"" + longest + "\"")))))
                .containsExactly("version", "ack");
    }

    @Test
    void aDocumentHasAThousandVersions() {
        type(0);
        for (int i = 0; i < 1_000; i++) {
            ann.send(version("\"name\":\"n" + i + "\",\"versionId\":\"v" + i + "\""));
            if (i % 50 == 0) {
                server.rig().settle();
            }
        }
        assertThat(all(ann).path("versions")).hasSize(1_000);
        assertThat(error(ann.send(version("\"name\":\"more\"")))).isEqualTo("limit_reached");
        assertThat(types(frames(ann.send(version("\"name\":\"n0\",\"versionId\":\"v0\"")))))
                .containsExactly("ack");
    }
}
