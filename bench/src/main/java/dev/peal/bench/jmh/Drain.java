package dev.peal.bench.jmh;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.embedded.EmbeddedChannel;

/** A channel whose socket takes all that it is given, at once and for nothing. */
final class Drain extends EmbeddedChannel {
    private final Taken taken;

    /** What all channels of a benchmark have taken. */
    static final class Taken {
        long bytes;
        boolean copies;
        byte[] copy = {};
    }

    Drain(Taken taken, ChannelHandler handler) {
        super(handler);
        this.taken = taken;
    }

    @Override
    protected void doWrite(ChannelOutboundBuffer pending) {
        for (Object message = pending.current(); message != null; message = pending.current()) {
            if (message instanceof ByteBuf frames) {
                taken.bytes += frames.readableBytes();
                if (taken.copies) {
                    taken.copy = new byte[frames.readableBytes()]; // kept, or the compiler leaves it out
                }
            }
            pending.remove();
        }
    }
}
