package dev.peal.testkit;

import dev.peal.hub.EncodedBatch;
import dev.peal.hub.Format;
import dev.peal.hub.Push;
import dev.peal.protocol.ServerMessages;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A format for tests: one JSON object to a line. Counts how often it encodes. */
public final class LinesFormat implements Format {
    private int encodings;

    @Override
    public int index() {
        return 0;
    }

    @Override
    public EncodedBatch encode(List<Push> pushes) {
        encodings++;
        ByteBuf out = Unpooled.buffer();
        int[] ends = new int[pushes.size()];
        for (int i = 0; i < pushes.size(); i++) {
            Push push = pushes.get(i);
            out.writeBytes(ServerMessages.push(push.type(), push.offset(), push.data()))
                    .writeByte('\n');
            ends[i] = out.writerIndex();
        }
        return new EncodedBatch(out, ends, ends.length);
    }

    /** Text as it is; bytes in hexadecimal. */
    @Override
    public EncodedBatch frames(boolean binary, byte[] bytes, int[] messageEnds, int count) {
        encodings++;
        ByteBuf out = Unpooled.buffer();
        int[] ends = new int[count];
        int start = 0;
        for (int i = 0; i < count; i++) {
            int length = messageEnds[i] - start;
            if (binary) {
                out.writeCharSequence(ByteBufUtil.hexDump(bytes, start, length), StandardCharsets.US_ASCII);
            } else {
                out.writeBytes(bytes, start, length);
            }
            out.writeByte('\n');
            ends[i] = out.writerIndex();
            start = messageEnds[i];
        }
        return new EncodedBatch(out, ends, count);
    }

    /** Batches encoded so far. */
    public int encodings() {
        return encodings;
    }
}
