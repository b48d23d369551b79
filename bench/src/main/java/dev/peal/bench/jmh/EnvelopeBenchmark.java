package dev.peal.bench.jmh;

import dev.peal.protocol.EnvelopeReader;
import dev.peal.protocol.JsonWriter;
import dev.peal.protocol.Parsed;
import dev.peal.protocol.ServerMessages;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What a client sends, read into an envelope; and what a room sends, written around its data. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class EnvelopeBenchmark {
    private static final String WORDS = "the quick brown fox jumps over the lazy dog; ";

    /** Characters of the message's text. */
    @Param({"40", "1000"})
    public int length;

    private final EnvelopeReader reader = new EnvelopeReader();
    private String message = "";
    private byte[] frame = {};
    private byte[] data = {};

    /** Makes the frame and the data. */
    @Setup
    public void setUp() {
        message = WORDS.repeat(length / WORDS.length() + 1).substring(0, length);
        frame = ("{\"type\":\"message\",\"id\":17,\"data\":{\"roomId\":\"bench\",\"message\":\"" + message + "\"}}")
                .getBytes(StandardCharsets.UTF_8);
        data = ServerMessages.messageData("bench", message, "ann", "Ann", 1_795_372_800_000L);
    }

    /** One frame read, its data as a tree. */
    @Benchmark
    public Parsed read() {
        return reader.read(frame, 0, frame.length);
    }

    /** The data of a push, made once for all members. */
    @Benchmark
    public byte[] writeData() {
        return ServerMessages.messageData("bench", message, "ann", "Ann", 1_795_372_800_000L);
    }

    /** The frame around it, made once for each format. */
    @Benchmark
    public int writePush() {
        JsonWriter out = new JsonWriter(data.length + 64);
        ServerMessages.push(out, "message", 1_234_567, data);
        return out.bytes().length;
    }
}
