package dev.peal.transport.poll;

import dev.peal.hub.EncodedBatch;
import dev.peal.hub.Format;
import dev.peal.hub.Origin;
import dev.peal.hub.Push;
import dev.peal.protocol.JsonWriter;
import dev.peal.protocol.ServerMessages;
import dev.peal.session.Notifications;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.List;

/** The stored entries of a batch as elements of a JSON array, each with a comma behind it; a signal takes no byte. Owned by one loop. */
public final class PollFormat implements Format {
    private static final int INDEX = 6;
    private static final int OVERHEAD_BYTES = 96;

    private final JsonWriter json = new JsonWriter(4_096);

    @Override
    public int index() {
        return INDEX;
    }

    @Override
    public EncodedBatch encode(List<Push> pushes) {
        int count = pushes.size();
        int estimate = 16;
        for (int i = 0; i < count; i++) {
            estimate += pushes.get(i).data().length + OVERHEAD_BYTES;
        }
        ByteBuf out = ByteBufAllocator.DEFAULT.heapBuffer(estimate);
        int[] ends = new int[count];
        long[] offsets = new long[count];
        Origin origin = null;
        for (int i = 0; i < count; i++) {
            Push push = pushes.get(i);
            Origin own = push.origin();
            if (own != null) {
                origin = own;
                // A notification's offset counts in its user's log: a broadcast, from another log, says none.
                long shown = own.room().equals(Notifications.BROADCASTS) ? 0 : push.offset();
                ServerMessages.push(json.reset(), push.type(), shown, push.data());
                out.writeBytes(json.buffer(), 0, json.length()).writeByte(',');
            }
            ends[i] = out.writerIndex();
            offsets[i] = own == null ? 0 : push.offset();
        }
        return new EncodedBatch(out, ends, count, origin, offsets);
    }
}
