package dev.peal.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EnvelopeReaderTest {
    private final EnvelopeReader reader = new EnvelopeReader();

    private Parsed read(String frame) {
        byte[] bytes = Spec.utf8(frame);
        return reader.read(bytes, 0, bytes.length);
    }

    @Test
    void readsOnlyItsPartOfTheBuffer() {
        byte[] buffer = Spec.utf8("]]{\"type\":\"ping\",\"id\":1}}}");
        assertThat(reader.read(buffer, 2, buffer.length - 4)).isInstanceOf(Parsed.Envelope.class);
        assertThat(reader.read(buffer, 2, buffer.length - 3)).isInstanceOf(Parsed.Malformed.class);
        assertThat(reader.read(buffer, 2, buffer.length - 5)).isInstanceOf(Parsed.Malformed.class);
        assertThat(reader.read(buffer, buffer.length, 0)).isInstanceOf(Parsed.Malformed.class);
    }

    @Test
    void nothingOfOneFrameShowsInTheNext() {
        read("{\"id\":\"secret\",\"messageId\":\"m\",\"data\":{\"a\":1},\"type\":7}");
        read("{\"id\":\"secret\",\"x\":1,\"type\":");
        assertThat(read("{\"x\":1}")).isEqualTo(new Parsed.Invalid(null));
        var envelope = (Parsed.Envelope) read("{\"type\":\"ping\"}");
        assertThat(envelope.id()).isNull();
        assertThat(envelope.messageId()).isNull();
        assertThat(envelope.data()).isEmpty();
    }

    @Test
    void refusesMoreFieldsThanTheLimit() {
        assertThat(read(manyFields(EnvelopeReader.FIELDS_MAX))).isInstanceOf(Parsed.Envelope.class);
        assertThat(read(manyFields(EnvelopeReader.FIELDS_MAX + 1))).isInstanceOf(Parsed.Malformed.class);
    }

    @Test
    void refusesMoreTokensThanTheLimit() {
        // Both brackets of frame, data and list, and the names and values of type, data and list: 10.
        int fit = EnvelopeReader.TOKENS_MAX - 10;
        assertThat(read(manyValues(fit))).isInstanceOf(Parsed.Envelope.class);
        assertThat(read(manyValues(fit + 1))).isInstanceOf(Parsed.Malformed.class);
    }

    private static String manyValues(int count) {
        return "{\"type\":\"m\",\"data\":{\"a\":[" + "0,".repeat(count - 1) + "0]}}";
    }

    private static String manyFields(int count) {
        StringBuilder fields = new StringBuilder();
        for (int i = 0; i < count; i++) {
            fields.append(i == 0 ? "" : ",").append("\"f").append(i).append("\":0");
        }
        return "{\"type\":\"m\",\"data\":{" + fields + "}}";
    }

    /** Strings of "Aa" and "BB" have equal hash codes: 2^17 names that collide. */
    @Test
    void refusesAHundredThousandCollidingNames() {
        StringBuilder fields = new StringBuilder();
        for (int i = 0; i < 100_000; i++) {
            fields.append(i == 0 ? "\"" : ",\"").append(collidingName(i)).append("\":0");
        }
        assertThat(collidingName(5).hashCode()).isEqualTo(collidingName(99_999).hashCode());
        assertThat(read("{\"type\":\"m\",\"data\":{" + fields + "}}")).isInstanceOf(Parsed.Malformed.class);
        assertThat(read("{\"type\":\"m\"," + fields + "}")).isInstanceOf(Parsed.Malformed.class);
    }

    private static String collidingName(int number) {
        StringBuilder name = new StringBuilder();
        for (int bit = 0; bit < 17; bit++) {
            name.append((number >> bit & 1) == 0 ? "Aa" : "BB");
        }
        return name.toString();
    }

    @Test
    void stillReadsAfterAFloodOfNamesNeverSeenAgain() {
        for (int i = 0; i < 50_000; i++) {
            read("{\"type\":\"m\",\"name-" + i + "\":1}");
        }
        assertThat(read("{\"type\":\"m\",\"data\":{\"roomId\":\"k\"}}")).isInstanceOf(Parsed.Envelope.class);
    }

    @Test
    void neverThrowsForMutatedFrames() {
        List<byte[]> seeds = new ArrayList<>();
        Spec.cases("envelopes").forEach(c -> seeds.add(Spec.utf8(Spec.text(c.get("frame")))));
        seeds.removeIf(bytes -> bytes.length > 2_000 || bytes.length == 0);
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int i = 0; i < 100_000; i++) {
            byte[] frame = seeds.get(random.nextInt(seeds.size())).clone();
            for (int n = random.nextInt(4); n >= 0; n--) {
                frame[random.nextInt(frame.length)] = (byte) random.nextInt(256);
            }
            readOrFail(frame, seed, i);
        }
    }

    private void readOrFail(byte[] frame, long seed, int number) {
        try {
            reader.read(frame, 0, frame.length);
        } catch (RuntimeException e) {
            throw new AssertionError("seed %d, frame %d".formatted(seed, number), e);
        }
    }

    @Test
    void noTokenShowsInTheTextOfWhatWasRead() {
        Parsed parsed = read("{\"type\":\"authenticate\",\"data\":{\"token\":\"canary\"}}");
        assertThat(parsed.toString()).contains("authenticate").doesNotContain("canary");
        assertThat(String.valueOf(ClientMessages.read(parsed)))
                .contains("Authenticate")
                .doesNotContain("canary");
    }
}
