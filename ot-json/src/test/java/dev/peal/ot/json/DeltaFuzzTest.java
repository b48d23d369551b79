package dev.peal.ot.json;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.peal.ot.Delta;
import dev.peal.ot.Document;
import dev.peal.ot.DocumentRules;
import dev.peal.protocol.EnvelopeReader;
import dev.peal.protocol.JsonWriter;
import dev.peal.protocol.Parsed;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Any bytes that are a frame, with what it says is a document and two operations on it: never an exception, and where the rules accept
 * them the algebra's laws hold. Without {@code JAZZER_FUZZ=1} it runs the kept inputs beside this class.
 */
class DeltaFuzzTest {
    private static final int BASE_LENGTH_MAX = 10_000;

    private final EnvelopeReader reader = new EnvelopeReader();

    @FuzzTest(maxDuration = "10m")
    void readsAnyBytes(byte[] frame) {
        if (reader.read(frame, 0, frame.length) instanceof Parsed.Envelope envelope) {
            Delta content = read(envelope.data().get("document"));
            Delta a = read(envelope.data().get("a"));
            Delta b = read(envelope.data().get("b"));
            if (content != null && a != null && b != null) {
                transformsAndComposes(a, b);
                if (content.isDocument()) {
                    keepsTheLaws(Document.of(content), a, b);
                }
            }
        }
    }

    /** The delta, which reads as the same once written; null where it is none. */
    private static @Nullable Delta read(@Nullable JsonNode node) {
        if (node == null || !(DeltaJson.read(node) instanceof DeltaRead.Valid valid)) {
            return null;
        }
        Delta delta = valid.delta();
        DeltaJson.write(new JsonWriter(), delta);
        if (!DeltaJson.read(DeltaJson.tree(delta)).equals(valid)) {
            throw new AssertionError("written and read again it differs: " + delta);
        }
        return delta;
    }

    /** Before anybody looked at what they are: a server transforms first. */
    private static void transformsAndComposes(Delta a, Delta b) {
        a.transform(b, true);
        a.transform(b, false);
        a.compose(b);
        a.transformPosition(BASE_LENGTH_MAX, true);
        DocumentRules.DEFAULT.check(a, Document.EMPTY);
    }

    private static void keepsTheLaws(Document document, Delta a, Delta b) {
        if (!accepted(a, document) || !accepted(b, document)) {
            return;
        }
        Document one = document.apply(a).apply(a.transform(b, true));
        Document other = document.apply(b).apply(b.transform(a, false));
        if (!one.equals(other) || one.hashCode() != other.hashCode()) {
            throw new AssertionError(one + " is not " + other);
        }
        if (!document.apply(a.compose(a.transform(b, true))).equals(one)) {
            throw new AssertionError("composed it is not " + one);
        }
        if (!document.apply(a).apply(document.invert(a)).equals(document)) {
            throw new AssertionError("undone it is not " + document);
        }
        if (!document.apply(document.diff(one)).equals(one)) {
            throw new AssertionError("the difference does not lead to " + one);
        }
        if (DocumentRules.DEFAULT
                .checkFit(a.transform(b, true), document.apply(a))
                .isPresent()) {
            throw new AssertionError("transformed it does not fit: " + b);
        }
    }

    private static boolean accepted(Delta operation, Document document) {
        Optional<?> rejection = DocumentRules.DEFAULT.check(operation, document);
        return rejection.isEmpty() && document.length() <= BASE_LENGTH_MAX;
    }
}
