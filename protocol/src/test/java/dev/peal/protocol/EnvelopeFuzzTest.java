package dev.peal.protocol;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

/**
 * Any bytes give an answer, never an exception, and the same one a second time; what was read can be written and read again. Without
 * {@code JAZZER_FUZZ=1} it runs the kept inputs beside this class.
 */
class EnvelopeFuzzTest {
    private final EnvelopeReader reader = new EnvelopeReader();

    @FuzzTest(maxDuration = "10m")
    void readsAnyBytes(byte[] frame) {
        boolean isObject = !(reader.readFlat(frame, 0, frame.length) instanceof FlatParsed.Malformed);
        Parsed parsed = reader.read(frame, 0, frame.length);
        if (isObject == parsed instanceof Parsed.Malformed) {
            throw new AssertionError("one way to read says that it is an object, the other that it is none");
        }
        if (parsed instanceof Parsed.Envelope envelope) {
            readsAsMessages(envelope);
            readsAgain(envelope);
        }
    }

    private static void readsAsMessages(Parsed.Envelope envelope) {
        long readable = ClientMessages.READERS.values().stream()
                .filter(read -> read.apply(envelope.data()) != null)
                .count();
        if (readable == 0) {
            throw new AssertionError("a ping takes any data: " + envelope);
        }
    }

    private void readsAgain(Parsed.Envelope envelope) {
        JsonWriter out = new JsonWriter().object().field("type", envelope.type());
        if (envelope.id() != null) {
            out.raw("id", envelope.id().json());
        }
        byte[] bytes = out.field("data", envelope.data()).end().bytes();
        Parsed again = reader.read(bytes, 0, bytes.length);
        boolean same = again instanceof Parsed.Envelope second
                && second.type().equals(envelope.type())
                && String.valueOf(second.id()).equals(String.valueOf(envelope.id()))
                && second.data().size() == envelope.data().size();
        if (!same && !hasHalfPair(envelope)) {
            throw new AssertionError("written and read again it differs: " + out);
        }
    }

    /** Half of a surrogate pair is written as U+FFFD: two names may become one. */
    private static boolean hasHalfPair(Parsed.Envelope envelope) {
        String all = envelope.type() + envelope.data();
        return !StandardCharsets.UTF_8.newEncoder().canEncode(all);
    }
}
