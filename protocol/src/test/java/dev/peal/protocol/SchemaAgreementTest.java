package dev.peal.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The hand-written checks and the schemas accept the same frames. */
class SchemaAgreementTest {
    private static final Map<String, String> WHOLE = new LinkedHashMap<>();

    static {
        String room = "\"roomId\":\"k\"";
        WHOLE.put(
                "authenticate",
                "{\"token\":\"t\",\"userId\":\"u\",\"userName\":\"n\",\"session\":true,\"sessionId\":\"s\"}");
        WHOLE.put("join_room", "{" + room + ",\"since\":{\"epoch\":\"E\",\"offset\":4}}");
        WHOLE.put("leave_room", "{" + room + "}");
        WHOLE.put("chat", "{" + room + ",\"message\":\"hi\",\"userId\":\"u\"}");
        WHOLE.put("message", "{" + room + ",\"message\":\"hi\",\"userId\":\"u\"}");
        WHOLE.put("typing", "{" + room + ",\"userId\":\"u\",\"typing\":true}");
        WHOLE.put("ping", "{\"any\":1}");
        WHOLE.put("presence", "{" + room + ",\"after\":\"x\",\"limit\":5}");
        WHOLE.put("read", "{\"offset\":4}");
        WHOLE.put("notifications", "{\"before\":9,\"limit\":5}");
        WHOLE.put("history", "{" + room + ",\"before\":9,\"after\":3,\"limit\":5}");
        WHOLE.put("search", "{" + room + ",\"query\":\"q\",\"before\":9,\"limit\":5}");
        String document = "\"documentId\":\"k\"";
        String user = "\"userId\":\"u\"";
        WHOLE.put(
                "join_document",
                "{" + document + "," + user
                        + ",\"userName\":\"n\",\"since\":{\"epoch\":\"E\",\"revision\":4},\"clientId\":\"c\"}");
        WHOLE.put("leave_document", "{" + document + "}");
        WHOLE.put(
                "operation",
                "{" + document + "," + user
                        + ",\"operation\":{\"ops\":[{\"insert\":\"x\"}]},\"revision\":4,\"clientId\":\"c\",\"seq\":1}");
        WHOLE.put(
                "cursor_position", "{" + document + "," + user + ",\"position\":5,\"revision\":4,\"clientId\":\"c\"}");
        WHOLE.put("document_at", "{" + document + ",\"revision\":4}");
        WHOLE.put("restore", "{" + document + "," + user + ",\"revision\":4}");
        WHOLE.put("authorship", "{" + document + "}");
        WHOLE.put("history_of", "{" + document + ",\"before\":9,\"limit\":5}");
        WHOLE.put("comments", "{" + document + "}");
        WHOLE.put(
                "comment",
                "{" + document + "," + user
                        + ",\"commentId\":\"c\",\"action\":\"reply\",\"replyId\":\"r\",\"text\":\"t\","
                        + "\"range\":{\"index\":1,\"length\":2},\"revision\":4}");
        WHOLE.put("versions", "{" + document + "}");
        WHOLE.put("version", "{" + document + "," + user + ",\"name\":\"n\",\"versionId\":\"v\",\"revision\":4}");
    }

    /** Values that sit on the limits of one rule or another, and just past them; each is JSON. */
    private static final List<String> VALUES = values();

    private static List<String> values() {
        List<String> values = new ArrayList<>(List.of("null", "true", "false", "[]", "[\"k\"]", "{}", "0", "-0", "1"));
        values.addAll(List.of("-1", "1.0", "1e0", "0.5", "200", "201", "2e2", "9007199254740991", "9007199254740992"));
        values.addAll(List.of("-9007199254740991", "-9007199254740992", "18446744073709551616", "1e300", "-1e-300"));
        values.addAll(List.of("{\"epoch\":\"E\",\"offset\":0}", "{\"epoch\":\"\",\"offset\":0}", "{\"epoch\":\"E\"}"));
        values.addAll(
                List.of("{\"epoch\":\"E\",\"revision\":0}", "{\"ops\":[]}", "{\"ops\":[1]}", "[{}]", "2147483648"));
        values.addAll(List.of("\"add\"", "\"edit\"", "\"resolve\"", "{\"index\":0,\"length\":1}", "1073741824"));
        values.addAll(List.of("{\"index\":0,\"length\":0}", "{\"index\":-1,\"length\":1}", "{\"index\":1}"));
        values.addAll(
                List.of("\"\"", "\"k\"", "\"a b\"", "\"abc\\n\"", "\"../\"", "\"\\u0000\"", "\"\\u2028\"", "\"Å\""));
        values.addAll(
                List.of("\"\\ud83d\"", "\"\\udd14x\"", "\"\\ud83d\\udd14\"", "\"\\u0085\"", "\"\\u00a0\"", "\"１\""));
        for (int length : new int[] {32, 33, 64, 65, 128, 129, 256, 257, 1000, 1001, 8192, 8193}) {
            values.add('"' + "a".repeat(length) + '"');
            values.add('"' + "\uD83D\uDD14".repeat(length) + '"');
        }
        return values;
    }

    static Iterable<String> types() {
        return Spec.types("client");
    }

    @ParameterizedTest
    @MethodSource("types")
    void agreeOnEverySingleChange(String type) {
        assertThat(accepted(type, whole(type))).isTrue();
        for (String pointer : pointers(type)) {
            ObjectNode without = whole(type);
            parent(without, pointer).remove(last(pointer));
            assertAgreement(type, without);
            for (String value : VALUES) {
                ObjectNode changed = whole(type);
                parent(changed, pointer).set(last(pointer), Spec.MAPPER.readTree(value));
                assertAgreement(type, changed);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("types")
    void everyKnownFieldHasARuleThatCanBeBroken(String type) {
        for (String pointer : pointers(type)) {
            boolean refused = VALUES.stream().anyMatch(value -> {
                ObjectNode changed = whole(type);
                parent(changed, pointer).set(last(pointer), Spec.MAPPER.readTree(value));
                return !accepted(type, changed);
            });
            assertThat(refused).as(pointer).isEqualTo(!pointer.endsWith("/any"));
        }
    }

    @Property(tries = 5_000, shrinking = ShrinkingMode.BOUNDED)
    void agreeOnSeveralChangesAtOnce(@ForAll("changes") List<Change> changes, @ForAll int choice) {
        List<String> types = Spec.types("client");
        String type = types.get(Math.floorMod(choice, types.size()));
        ObjectNode frame = whole(type);
        List<String> pointers = pointers(type);
        for (Change change : changes) {
            String pointer = pointers.get(change.field() % pointers.size());
            if (frame.at(pointer.substring(0, pointer.lastIndexOf('/'))) instanceof ObjectNode parent) {
                parent.set(last(pointer), Spec.MAPPER.readTree(change.value()));
            }
        }
        assertAgreement(type, frame);
    }

    /** Sets a field, counted over those of the message, to a value. */
    record Change(int field, String value) {}

    @Provide
    Arbitrary<List<Change>> changes() {
        Arbitrary<String> random = Arbitraries.strings()
                .ofMaxLength(140)
                .map(text -> new JsonWriter().value(text).toString());
        Arbitrary<String> value = Arbitraries.oneOf(Arbitraries.of(VALUES), random);
        Arbitrary<Integer> field = Arbitraries.integers().between(0, 20);
        return field.flatMap(f -> value.map(v -> new Change(f, v)))
                .list()
                .ofMinSize(1)
                .ofMaxSize(4);
    }

    private static void assertAgreement(String type, ObjectNode frame) {
        List<String> problems = Spec.problems("client." + type, frame);
        assertThat(accepted(type, frame)).as("%s %s", frame, problems).isEqualTo(problems.isEmpty());
    }

    private static boolean accepted(String type, ObjectNode frame) {
        String text =
                Spec.MAPPER.writer().with(JsonWriteFeature.ESCAPE_NON_ASCII).writeValueAsString(frame);
        return Spec.parse(text) instanceof Parsed.Envelope envelope
                && envelope.type().equals(type)
                && ClientMessages.read(envelope) != null;
    }

    private static ObjectNode whole(String type) {
        ObjectNode frame = (ObjectNode) Spec.MAPPER.readTree("{\"id\":\"i\",\"messageId\":\"m\"}");
        frame.put("type", type);
        frame.set("data", Spec.MAPPER.readTree(WHOLE.get(type)));
        return frame;
    }

    private static List<String> pointers(String type) {
        List<String> pointers = new ArrayList<>();
        collect(whole(type), "", pointers);
        return pointers;
    }

    private static void collect(JsonNode node, String at, List<String> pointers) {
        node.properties().forEach(field -> {
            pointers.add(at + '/' + field.getKey());
            collect(field.getValue(), at + '/' + field.getKey(), pointers);
        });
    }

    private static ObjectNode parent(ObjectNode frame, String pointer) {
        return (ObjectNode) frame.at(pointer.substring(0, pointer.lastIndexOf('/')));
    }

    private static String last(String pointer) {
        return pointer.substring(pointer.lastIndexOf('/') + 1);
    }
}
