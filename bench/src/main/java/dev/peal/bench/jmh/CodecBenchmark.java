package dev.peal.bench.jmh;

import dev.peal.websocket.FrameWriter;
import dev.peal.websocket.MessageInflater;
import dev.peal.websocket.MessageReader;
import dev.peal.websocket.MessageSink;
import dev.peal.websocket.Opcode;
import dev.peal.websocket.ReaderContext;
import dev.peal.websocket.WebSocketLimits;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.nio.charset.StandardCharsets;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Text frames through the codec, as many in one buffer as a busy read brings; the time is that of one frame. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class CodecBenchmark {
    private static final int FRAMES = 32;
    private static final int MASK = 0x12345678;
    private static final PooledByteBufAllocator ALLOCATOR = PooledByteBufAllocator.DEFAULT;

    /** Bytes of a message's text. */
    @Param({"32", "128", "1024", "16384"})
    public int size;

    /** ASCII, or two bytes to a character. */
    @Param({"ascii", "cyrillic"})
    public String text = "ascii";

    private ByteBuf payload = ALLOCATOR.directBuffer();
    private ByteBuf masked = ALLOCATOR.directBuffer();
    private ByteBuf buffer = ALLOCATOR.directBuffer();
    private MessageReader reader = newReader();
    private final CountingSink sink = new CountingSink();

    /** Makes the frames. */
    @Setup
    public void setUp() {
        String unit = text.equals("ascii") ? "a" : "я";
        byte[] bytes =
                unit.repeat(size / unit.getBytes(StandardCharsets.UTF_8).length).getBytes(StandardCharsets.UTF_8);
        payload.writeBytes(bytes);
        for (int i = 0; i < FRAMES; i++) {
            FrameWriter.masked(masked, Opcode.FIN | Opcode.TEXT, payload, MASK);
        }
        buffer.ensureWritable(masked.readableBytes());
    }

    /** Gives the buffers back. */
    @TearDown
    public void tearDown() {
        payload.release();
        masked.release();
        buffer.release();
    }

    /** Unmasks, checks UTF-8 and delivers; includes a copy of the masked bytes, as reading unmasks in place. */
    @Benchmark
    @OperationsPerInvocation(FRAMES)
    public long decode() {
        buffer.clear().writeBytes(masked, 0, masked.readableBytes());
        reader.read(buffer, sink);
        return sink.bytes;
    }

    /** Puts a header before the payload and copies it. */
    @Benchmark
    @OperationsPerInvocation(FRAMES)
    public int encode() {
        buffer.clear();
        for (int i = 0; i < FRAMES; i++) {
            FrameWriter.frame(buffer, Opcode.FIN | Opcode.TEXT, payload);
        }
        return buffer.writerIndex();
    }

    private static MessageReader newReader() {
        ReaderContext context =
                new ReaderContext(WebSocketLimits.DEFAULT, true, new MessageInflater(), ALLOCATOR, System::nanoTime);
        return new MessageReader(context, false);
    }

    private static final class CountingSink implements MessageSink {
        private long bytes;

        @Override
        public void text(ByteBuf payload) {
            bytes += payload.readableBytes();
        }

        @Override
        public void binary(ByteBuf payload) {
            throw new IllegalStateException("only text was sent");
        }

        @Override
        public void ping(ByteBuf payload) {
            throw new IllegalStateException("only text was sent");
        }

        @Override
        public void pong(ByteBuf payload) {
            throw new IllegalStateException("only text was sent");
        }

        @Override
        public void close(int code, String reason) {
            throw new IllegalStateException("only text was sent");
        }

        @Override
        public void violation(int code, String reason) {
            throw new IllegalStateException(reason);
        }
    }
}
