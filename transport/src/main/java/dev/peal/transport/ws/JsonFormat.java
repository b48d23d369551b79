package dev.peal.transport.ws;

import dev.peal.hub.EncodedBatch;
import dev.peal.hub.Format;
import dev.peal.hub.Push;
import dev.peal.protocol.JsonWriter;
import dev.peal.protocol.ServerMessages;
import dev.peal.websocket.FrameWriter;
import dev.peal.websocket.Opcode;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;

/** A batch as text frames in one buffer, the longer messages deflated where that was agreed. Owned by one loop. */
final class JsonFormat implements Format {
    static final int PLAIN = 0;
    static final int DEFLATED = 1;

    /** The only window that deflated batches are made for; whoever agreed on a smaller one gets them plain, as any message may be. */
    static final int WINDOW_BITS = 15;

    private static final int OVERHEAD_BYTES = 96;

    private final int index;
    private final WebSocketLoop loop;
    private final JsonWriter json = new JsonWriter(4_096);

    JsonFormat(int index, WebSocketLoop loop) {
        this.index = index;
        this.loop = loop;
    }

    @Override
    public int index() {
        return index;
    }

    @Override
    public EncodedBatch encode(List<Push> pushes) {
        int count = pushes.size();
        int estimate = 0;
        for (int i = 0; i < count; i++) {
            estimate += pushes.get(i).data().length + OVERHEAD_BYTES;
        }
        ByteBuf out = loop.allocator().directBuffer(estimate);
        int[] ends = new int[count];
        for (int i = 0; i < count; i++) {
            Push push = pushes.get(i);
            ServerMessages.push(json.reset(), push.type(), push.offset(), push.data());
            ByteBuf text = Unpooled.wrappedBuffer(json.buffer(), 0, json.length());
            loop.frame(out, Opcode.TEXT, text, index == DEFLATED ? WINDOW_BITS : 0);
            ends[i] = out.writerIndex();
        }
        return new EncodedBatch(out, ends, count);
    }

    @Override
    public EncodedBatch frames(boolean binary, byte[] bytes, int[] messageEnds, int count) {
        int length = count == 0 ? 0 : messageEnds[count - 1];
        ByteBuf out = loop.allocator().directBuffer(length + count * FrameWriter.HEADER_BYTES_MAX);
        ByteBuf messages = Unpooled.wrappedBuffer(bytes, 0, length);
        int[] ends = new int[count];
        int start = 0;
        for (int i = 0; i < count; i++) {
            ByteBuf message = messages.slice(start, messageEnds[i] - start);
            loop.frame(out, binary ? Opcode.BINARY : Opcode.TEXT, message, index == DEFLATED ? WINDOW_BITS : 0);
            ends[i] = out.writerIndex();
            start = messageEnds[i];
        }
        return new EncodedBatch(out, ends, count);
    }
}
