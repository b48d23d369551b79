package dev.peal.transport.sse;

import dev.peal.hub.EncodedBatch;
import dev.peal.hub.Format;
import dev.peal.hub.Origin;
import dev.peal.hub.Push;
import dev.peal.protocol.JsonWriter;
import dev.peal.protocol.ServerMessages;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A batch as events in one buffer. Owned by one loop. */
final class EventFormat implements Format {
    /** The first index; the formats of {@link dev.peal.transport.ws} come before. */
    private static final int FIRST = 2;

    private static final int OVERHEAD_BYTES = 160;

    private final boolean ids;
    private final boolean named;
    private final JsonWriter json = new JsonWriter(4_096);

    /**
     * @param ids whether each stored entry says its own position
     * @param named whether each event says its type
     */
    EventFormat(boolean ids, boolean named) {
        this.ids = ids;
        this.named = named;
    }

    boolean ids() {
        return ids;
    }

    boolean named() {
        return named;
    }

    @Override
    public int index() {
        return FIRST + (ids ? 1 : 0) + (named ? 2 : 0);
    }

    @Override
    public EncodedBatch encode(List<Push> pushes) {
        int count = pushes.size();
        int estimate = 0;
        for (int i = 0; i < count; i++) {
            estimate += pushes.get(i).data().length + OVERHEAD_BYTES;
        }
        ByteBuf out = ByteBufAllocator.DEFAULT.directBuffer(Math.max(16, estimate));
        int[] ends = new int[count];
        long[] offsets = new long[count];
        Origin origin = null;
        for (int i = 0; i < count; i++) {
            Push push = pushes.get(i);
            write(out, push);
            ends[i] = out.writerIndex();
            offsets[i] = push.offset();
            origin = push.origin() == null ? origin : push.origin();
        }
        return new EncodedBatch(out, ends, count, origin, offsets);
    }

    private void write(ByteBuf out, Push push) {
        if (named) {
            EventText.event(out, push.type());
        }
        Origin origin = push.origin();
        if (ids && origin != null) {
            EventText.id(out, origin.epoch() + ':' + push.offset());
        }
        ServerMessages.push(json.reset(), push.type(), push.offset(), push.data());
        EventText.data(out, json.buffer(), json.length());
        EventText.end(out);
    }

    /** One message that is nobody's but this stream's. */
    void write(ByteBuf out, byte[] message, @Nullable String type) {
        if (named && type != null) {
            EventText.event(out, type);
        }
        EventText.data(out, message, message.length);
        EventText.end(out);
    }
}
