package dev.peal.bench.jmh;

import dev.peal.hub.Push;
import dev.peal.hub.Room;
import dev.peal.protocol.ServerMessages;
import io.netty.buffer.ByteBuf;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One iteration of a loop in which a room of a thousand gets some messages, from the room to a socket that takes everything: batch, encoding, outbox, handler,
 * channel. Time and allocated bytes are those of one frame for one member.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class FanOutBenchmark {
    static final int MEMBERS = 1_000;
    static final int PUSHES = 8;

    /** Whether each member's socket copies what it takes: what the shared buffer saves. */
    @Param("false")
    public boolean copying;

    private final byte[] data = ServerMessages.messageData("bench", "x".repeat(64), null, null, 1_795_372_800_000L);
    private final ByteBuf message = OneLoop.masked(
            "{\"type\":\"message\",\"data\":{\"roomId\":\"bench\",\"message\":\"" + "x".repeat(64) + "\"}}");
    private final OneLoop loop = new OneLoop();
    private long offset;

    /** Lets the members join. */
    @Setup
    public void setUp() {
        loop.join(MEMBERS, copying);
    }

    /** The fan-out alone. */
    @Benchmark
    @OperationsPerInvocation(MEMBERS * PUSHES)
    public long fanOut() {
        Room room = loop.room();
        for (int i = 0; i < PUSHES; i++) {
            room.signal(new Push("message", null, ++offset, data, null, null));
        }
        return loop.iterate();
    }

    /** The whole way: frames of eight senders arrive, are read, judged, logged in memory and delivered. */
    @Benchmark
    @OperationsPerInvocation(MEMBERS * PUSHES)
    public long messages() {
        for (int i = 0; i < PUSHES; i++) {
            loop.receive(i, message);
        }
        return loop.iterate();
    }
}
