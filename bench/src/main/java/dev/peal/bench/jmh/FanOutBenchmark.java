package dev.peal.bench.jmh;

import dev.peal.hub.EncodedBatch;
import dev.peal.hub.Format;
import dev.peal.hub.Hub;
import dev.peal.hub.HubConfig;
import dev.peal.hub.HubMeters;
import dev.peal.hub.Joining;
import dev.peal.hub.Loop;
import dev.peal.hub.Member;
import dev.peal.hub.Push;
import dev.peal.hub.Room;
import dev.peal.hub.Subscriber;
import dev.peal.hub.Who;
import dev.peal.log.RoomKey;
import dev.peal.protocol.ServerMessages;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
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
 * One iteration of a loop in which a room of a thousand gets some messages: from the room to a view of the encoded batch in each member's hands, given back at
 * the iteration's end as a flushed socket gives it back. Time and allocated bytes are those of one frame for one member.
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

    private static final RoomKey ROOM = new RoomKey("chat", "bench");

    /** Whether each member copies what it gets: what the shared buffer saves. */
    @Param("false")
    public boolean copying;

    private final IterationOwner owner = new IterationOwner();
    private final byte[] data = ServerMessages.messageData("bench", "x".repeat(64), null, null, 1_795_372_800_000L);
    private final Hub hub = new Hub(new EmptyLog(), List.of(owner), HubConfig.DEFAULT, HubMeters.NONE, Map.of());
    private final Views views = new Views(MEMBERS);
    private @Nullable Room room;
    private long offset;

    /** Lets the members join. */
    @Setup
    public void setUp() {
        Format format = new TextFrames();
        Loop loop = hub.loops().getFirst();
        for (int i = 0; i < MEMBERS; i++) {
            Member member = hub.member(ROOM, new Reader(format, views, copying), loop);
            Who who = new Who("~" + i, null, null);
            hub.with(ROOM, opened -> {
                room = opened;
                opened.join(member, who, new GoLive(hub, member));
            });
        }
        owner.iterate();
        views.release();
    }

    /** Some pushes in one iteration. */
    @Benchmark
    @OperationsPerInvocation(MEMBERS * PUSHES)
    public long fanOut() {
        Room target = room;
        if (target == null) {
            throw new IllegalStateException("the room did not open");
        }
        for (int i = 0; i < PUSHES; i++) {
            target.signal(new Push("message", ++offset, data, null, null));
        }
        owner.iterate();
        return views.release();
    }

    private record GoLive(Hub hub, Member member) implements Joining {
        @Override
        public void joined(String epoch, long oldest, long newest) {
            if (!hub.goLive(member, newest)) {
                throw new IllegalStateException("a member missed something");
            }
        }

        @Override
        public void unavailable() {
            throw new IllegalStateException("the log opened no room");
        }
    }

    /** What the members hold until the iteration's end. */
    private static final class Views {
        private final ByteBuf[] held;
        private int count;

        Views(int max) {
            held = new ByteBuf[max];
            Arrays.fill(held, Unpooled.EMPTY_BUFFER);
        }

        void hold(ByteBuf view) {
            if (count == held.length) {
                release(); // Joins are announced in more than one batch.
            }
            held[count++] = view;
        }

        long release() {
            long bytes = 0;
            for (int i = 0; i < count; i++) {
                bytes += held[i].readableBytes();
                held[i].release();
            }
            count = 0;
            return bytes;
        }
    }

    private record Reader(Format format, Views views, boolean copying) implements Subscriber {
        @Override
        public boolean offer(EncodedBatch batch, int from, int to) {
            ByteBuf view = batch.retained(from, to);
            if (copying) {
                views.hold(Unpooled.copiedBuffer(view));
                view.release();
            } else {
                views.hold(view);
            }
            return true;
        }

        @Override
        public void slow() {
            throw new IllegalStateException("a reader is never full");
        }

        @Override
        public void skipped(RoomKey room, long count, long newest) {
            throw new IllegalStateException("a reader is never full");
        }
    }
}
