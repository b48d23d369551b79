package dev.peal.docs;

import static dev.peal.docs.Docs.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.testkit.SessionRig;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** PROMISES 65: an operation that does not fit is refused with a code; the document and its other editors never notice. */
class HostileOperationsTest {
    private static final String TEXT = "a\uD83D\uDE00b";

    private final SessionRig rig = rig(app());
    private final SessionRig.Client mallory = joined(rig, 0, "mallory", "notes");
    private final SessionRig.Client ann = joined(rig, 1, "ann", "notes");

    @BeforeEach
    void write() {
        ann.send(operation("notes", 0, "[{\"insert\":\"" + TEXT + "\"}]")).take();
        mallory.take();
    }

    private void refused(String code, long revision, String ops) {
        mallory.send(operationAsking("o", "notes", revision, ops));
        assertThat(error(mallory)).isEqualTo(code);
        unharmed();
    }

    private void unharmed() {
        assertThat(ann.take()).isEmpty();
        assertThat(entries(rig, "notes")).hasSize(1);
        assertThat(content(rig, "notes").text()).isEqualTo(TEXT);
        ann.take();
        mallory.take();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{\"retain\":5},{\"insert\":\"x\"}]",
                "[{\"delete\":5}]",
                "[{\"retain\":4},{\"delete\":1}]",
                "[{\"retain\":1000000000},{\"insert\":\"x\"}]",
                "[{\"retain\":9007199254740991}]",
                "[{\"delete\":1000000000}]",
                "[{\"retain\":1000000000},{\"retain\":1000000000},{\"retain\":1000000000},{\"insert\":\"x\"}]"
            })
    void beyondTheEnd(String ops) {
        refused("invalid_operation", 1, ops);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{\"retain\":2},{\"insert\":\"x\"}]",
                "[{\"retain\":1},{\"delete\":1}]",
                "[{\"retain\":2},{\"delete\":1}]",
                "[{\"retain\":2,\"attributes\":{\"bold\":true}}]",
                "[{\"insert\":\"\\ud83d\"}]",
                "[{\"insert\":\"\\ude00x\"}]"
            })
    void throughASurrogatePair(String ops) {
        refused("invalid_operation", 1, ops);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{}]",
                "[{\"retain\":0}]",
                "[{\"retain\":-1}]",
                "[{\"retain\":1.5}]",
                "[{\"retain\":\"1\"}]",
                "[{\"retain\":1,\"delete\":1}]",
                "[{\"insert\":\"\"}]",
                "[{\"insert\":5}]",
                "[{\"insert\":null}]",
                "[{\"insert\":[\"x\"]}]",
                "[{\"delete\":1,\"attributes\":{\"bold\":true}}]",
                "[{\"insert\":\"x\",\"attributes\":[]}]",
                "[{\"insert\":\"x\",\"attributes\":{\"bold\":{}}}]",
                "[{\"__proto__\":{\"insert\":\"x\"}}]",
                "[{\"insert\":{}}]",
                "[{\"insert\":{\"image\":\"a\",\"video\":\"b\"}}]"
            })
    void whatIsNoDelta(String ops) {
        refused("invalid_operation", 1, ops);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{\"insert\":\"x\",\"attributes\":{\"onclick\":\"alert(1)\"}}]",
                "[{\"insert\":\"x\",\"attributes\":{\"style\":\"position:fixed\"}}]",
                "[{\"insert\":\"x\",\"attributes\":{\"__proto__\":true}}]",
                "[{\"insert\":\"x\",\"attributes\":{\"constructor\":\"x\"}}]",
                "[{\"insert\":\"x\",\"attributes\":{\"link\":\"javascript:alert(1)\"}}]",
                "[{\"insert\":\"x\",\"attributes\":{\"link\":\" JaVaScRiPt:alert(1)\"}}]",
                "[{\"insert\":\"x\",\"attributes\":{\"link\":\"java\\nscript:alert(1)\"}}]",
                "[{\"insert\":\"x\",\"attributes\":{\"link\":\"data:text/html,<script>\"}}]",
                "[{\"insert\":\"x\",\"attributes\":{\"color\":\"red;background:url(//evil)\"}}]",
                "[{\"retain\":1,\"attributes\":{\"link\":\"vbscript:x\"}}]",
                "[{\"insert\":{\"script\":\"alert(1)\"}}]",
                "[{\"insert\":{\"iframe\":\"https://evil\"}}]",
                "[{\"insert\":{\"image\":\"javascript:alert(1)\"}}]",
                "[{\"insert\":{\"image\":\"data:image/svg+xml,<svg onload=alert(1)>\"}}]",
                "[{\"insert\":\"x\",\"attributes\":{\"\\u0001by\":5}}]"
            })
    void whatNoDocumentHas(String ops) {
        refused("invalid_operation", 1, ops);
    }

    @Test
    void ofTooManyComponents() {
        String ops = IntStream.range(0, 6_000)
                .mapToObj(i -> "{\"insert\":\"x\",\"attributes\":{\"bold\":true}},{\"insert\":\"y\"}")
                .collect(Collectors.joining(",", "[", "]"));
        refused("invalid_operation", 1, ops);
    }

    @Test
    void ofMoreComponentsThanAFrameMayHave() {
        String ops =
                IntStream.range(0, 100_000).mapToObj(i -> "{\"delete\":1}").collect(Collectors.joining(",", "[", "]"));
        mallory.send(operationAsking("o", "notes", 1, ops));
        rig.settle();
        assertThat(mallory.connection().closed()).isNotNull();
        assertThat(types(frames(ann))).containsExactly("user_left");
        assertThat(entries(rig, "notes")).hasSize(1);
    }

    @Test
    void onARevisionOfTheFuture() {
        refused("revision_unknown", 2, "[{\"insert\":\"x\"}]");
        refused("revision_unknown", 9007199254740991L, "[{\"insert\":\"x\"}]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"operation\",\"id\":\"o\",\"data\":{\"documentId\":\"notes\",\"operation\":{\"ops\":[]}}}",
                "{\"type\":\"operation\",\"id\":\"o\",\"data\":{\"documentId\":\"notes\",\"operation\":[],\"revision\":1}}",
                "{\"type\":\"operation\",\"id\":\"o\",\"data\":{\"documentId\":\"notes\",\"operation\":{\"ops\":[1]},\"revision\":1}}",
                "{\"type\":\"operation\",\"id\":\"o\",\"data\":{\"documentId\":\"notes\",\"operation\":{\"ops\":[]},\"revision\":-1}}",
                "{\"type\":\"operation\",\"id\":\"o\",\"data\":{\"documentId\":\"no tes\",\"operation\":{\"ops\":[]},\"revision\":1}}",
                "{\"type\":\"join_document\",\"id\":\"o\",\"data\":{\"documentId\":\"notes\\n\"}}",
                "{\"type\":\"cursor_position\",\"id\":\"o\",\"data\":{\"documentId\":\"notes\"}}",
                "{\"type\":\"restore\",\"id\":\"o\",\"data\":{\"documentId\":\"notes\"}}"
            })
    void whatBreaksItsSchema(String frame) {
        mallory.send(frame);
        assertThat(error(mallory)).isEqualTo("invalid_message");
        unharmed();
    }

    @Test
    void aCursorOfAnySizeOrPlace() {
        mallory.send(ask("cursor_position", "c", "notes", "\"position\":2147483647"));
        assertThat(one(frames(mallory), "ack").path("id").asString()).isEqualTo("c");
        assertThat(one(frames(ann), "cursor_position").at("/data/position").intValue())
                .isEqualTo(TEXT.length());
        mallory.send(ask("cursor_position", "c", "notes", "\"position\":{\"x\":\"" + "y".repeat(2_000) + "\"}"));
        assertThat(error(mallory)).isEqualTo("invalid_message");
        mallory.send(ask("cursor_position", "c", "notes", "\"position\":1,\"revision\":7"));
        assertThat(error(mallory)).isEqualTo("revision_unknown");
        assertThat(ann.take()).isEmpty();
    }

    @Test
    void aDocumentThatGrowsWithoutEnd() {
        SessionRig small = rig(
                app(DocsConfig.DEFAULT.withRules(DocsConfig.DEFAULT.rules().withLimits(10_000, 1_000, 1_500, 4_000))));
        SessionRig.Client client = joined(small, 0, "mallory", "notes");
        client.send(operation("notes", 0, "[{\"insert\":\"" + "x".repeat(1_000) + "\"}]"))
                .take();
        client.send(operation("notes", 1, "[{\"insert\":\"" + "x".repeat(501) + "\"}]"));
        assertThat(error(client)).isEqualTo("invalid_operation");
        client.send(operation("notes", 1, "[{\"insert\":\"" + "x".repeat(500) + "\"}]"));
        assertThat(types(frames(client))).containsExactly("operation");
        assertThat(entries(small, "notes")).hasSize(2);
    }
}
