package dev.peal.websocket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;

/** A message that has begun and not ended. It holds what has arrived: never more than twice that, whatever was declared. */
final class Assembly {
    private static final int CAPACITY_MIN = 256;

    final int opcode;
    final boolean compressed;
    int fragments = 1;
    int utf8 = Utf8.ACCEPT;
    private ByteBuf payload = Unpooled.EMPTY_BUFFER;

    Assembly(int opcode, boolean compressed) {
        this.opcode = opcode;
        this.compressed = compressed;
    }

    boolean isPlainText() {
        return opcode == Opcode.TEXT && !compressed;
    }

    int bytes() {
        return payload.readableBytes();
    }

    ByteBuf payload() {
        return payload;
    }

    void append(ByteBuf in, int length, int bytesMax, ByteBufAllocator allocator) {
        if (length == 0) {
            return;
        }
        if (payload == Unpooled.EMPTY_BUFFER) {
            payload = allocator.directBuffer(Math.min(bytesMax, Math.max(CAPACITY_MIN, length)), bytesMax);
        }
        payload.writeBytes(in, length);
    }

    void release() {
        payload.release();
    }
}
