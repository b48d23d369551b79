package dev.peal.bench.jmh;

import dev.peal.hub.EncodedBatch;
import dev.peal.hub.Format;
import dev.peal.hub.Push;
import dev.peal.protocol.JsonWriter;
import dev.peal.protocol.ServerMessages;
import dev.peal.websocket.FrameWriter;
import dev.peal.websocket.Opcode;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.List;

/** Pushes as plain text frames. */
final class TextFrames implements Format {
    private final JsonWriter json = new JsonWriter(4_096);

    @Override
    public int index() {
        return 0;
    }

    @Override
    public EncodedBatch encode(List<Push> pushes) {
        ByteBuf out = ByteBufAllocator.DEFAULT.directBuffer(16 * 1024);
        int[] ends = new int[pushes.size()];
        for (int i = 0; i < ends.length; i++) {
            Push push = pushes.get(i);
            ServerMessages.push(json.reset(), push.type(), push.offset(), push.data());
            FrameWriter.header(out, Opcode.FIN | Opcode.TEXT, json.length());
            out.writeBytes(json.buffer(), 0, json.length());
            ends[i] = out.writerIndex();
        }
        return new EncodedBatch(out, ends, ends.length);
    }
}
