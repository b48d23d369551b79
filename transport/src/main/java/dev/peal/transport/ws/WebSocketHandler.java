package dev.peal.transport.ws;

import dev.peal.hub.EncodedBatch;
import dev.peal.hub.Format;
import dev.peal.protocol.CloseReason;
import dev.peal.session.Connection;
import dev.peal.websocket.CloseStatus;
import dev.peal.websocket.FrameWriter;
import dev.peal.websocket.MessageReader;
import dev.peal.websocket.MessageSink;
import dev.peal.websocket.Opcode;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One WebSocket, the only handler of its channel: bytes in, messages to its {@link Receiver}; what is written out, framed. Owned by the channel's event loop.
 *
 * <p>A connection ends in one of three ways. The peer says so: its close frame is answered. The peer is wrong: a close frame says how. This side wants to:
 * a close frame, and the peer has a while to answer. In all three our half is closed (FIN) once the close frame is out, what still comes is thrown away, and the
 * channel is closed when the peer closes its half or its time is up; so the frame is never overtaken by a reset.
 *
 * <p>Pings are answered at once while the socket takes our bytes; while it does not, only the newest is remembered (RFC 6455, section 5.5.3), so that a peer which
 * sends without reading has nothing pile up.
 */
public final class WebSocketHandler extends ChannelInboundHandlerAdapter implements Connection {
    private static final Logger LOG = LoggerFactory.getLogger(WebSocketHandler.class);

    /** Bytes pending at which a socket counts as full, and at which as drained again. */
    private static final WriteBufferWaterMark WATER_MARK = new WriteBufferWaterMark(FULL_BYTES / 2, FULL_BYTES);

    private enum State {
        OPEN,
        /** Our close frame is sent, the peer's is awaited. */
        CLOSING,
        /** The closing handshake is over, or the peer is not to be listened to: only the end of the bytes is awaited. */
        ENDING,
        GONE
    }

    private final WebSocketLoop loop;
    private final MessageReader reader;
    private final byte windowBits;
    private final MessageSink sink = new Inbound();
    private @Nullable Function<WebSocketHandler, Receiver> opener;
    private @Nullable ChannelHandlerContext context;
    private Receiver receiver = Receiver.NONE;
    private byte @Nullable [] owedPong;
    private State state = State.OPEN;
    private boolean flushDue;
    private int deadlineTick;

    /** Place on the loop's watch, -1 for none. */
    int watchIndex = -1;

    /**
     * A connection that is about to open.
     *
     * @param windowBits what this side may compress with, 0 for no compression
     */
    WebSocketHandler(WebSocketLoop loop, int windowBits, Function<WebSocketHandler, Receiver> opener) {
        this.loop = loop;
        this.windowBits = (byte) windowBits;
        this.reader = new MessageReader(loop.reading(), windowBits > 0);
        this.opener = opener;
    }

    // What the channel tells.

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
        ctx.channel().config().setWriteBufferWaterMark(WATER_MARK).setAutoRead(true);
        loop.meters().connections(1);
        Function<WebSocketHandler, Receiver> open = Objects.requireNonNull(opener);
        opener = null;
        Receiver opened = open.apply(this);
        if (state == State.GONE) {
            opened.gone();
        } else {
            receiver = opened;
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        try {
            if (message instanceof ByteBuf in && (state == State.OPEN || state == State.CLOSING)) {
                loop.meters().read(in.readableBytes());
                reader.read(in, sink);
                if (reader.isMidMessage()) {
                    receiver.alive();
                    loop.watch(this);
                }
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        if (flushDue) {
            flushDue = false;
            ctx.flush();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (!ctx.channel().isWritable() || state != State.OPEN) {
            return;
        }
        byte[] owed = owedPong;
        if (owed != null) {
            owedPong = null;
            pong(Unpooled.wrappedBuffer(owed));
            ctx.flush();
        }
        receiver.drained();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        gone();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        gone();
        ctx.close(); // nobody else is there to do it, if opening the receiver failed
    }

    /** The network's failures end the connection; ours are told to the peer as such. */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof IOException) {
            LOG.debug("connection {} broke", ctx.channel().id(), cause);
            ctx.close();
            return;
        }
        LOG.error("connection {} failed", ctx.channel().id(), cause);
        if (state == State.OPEN) {
            endWith(CloseStatus.INTERNAL_ERROR, CloseReason.INTERNAL_ERROR.reason());
        } else {
            ctx.close();
        }
    }

    // What the session asks for.

    @Override
    public Format format() {
        return loop.format(windowBits);
    }

    @Override
    public void write(EncodedBatch batch, int from, int to) {
        if (state == State.OPEN) {
            write(batch.retained(from, to));
        }
    }

    @Override
    public void write(byte[] json) {
        message(Opcode.TEXT, Unpooled.wrappedBuffer(json));
    }

    /**
     * Writes one message, deflated where that is agreed and pays. Not flushed; the payload is copied and left as it was.
     *
     * @param opcode {@link Opcode#TEXT}, whose payload must be valid UTF-8, or {@link Opcode#BINARY}
     */
    public void message(int opcode, ByteBuf payload) {
        if (state == State.OPEN) {
            ByteBuf out = loop.allocator().directBuffer(FrameWriter.HEADER_BYTES_MAX + payload.readableBytes());
            loop.frame(out, opcode, payload, windowBits);
            write(out);
        }
    }

    @Override
    public void flush() {
        if (state == State.OPEN) {
            context().flush();
        }
    }

    @Override
    public long pendingBytes() {
        ChannelOutboundBuffer pending = context().channel().unsafe().outboundBuffer();
        return pending == null ? 0 : pending.totalPendingWriteBytes();
    }

    @Override
    public void ping() {
        if (state == State.OPEN) {
            ByteBuf out = loop.allocator().directBuffer(2);
            FrameWriter.header(out, Opcode.FIN | Opcode.PING, 0);
            write(out);
            context().flush();
        }
    }

    @Override
    public void reading(boolean on) {
        if (state == State.OPEN) {
            context().channel().config().setAutoRead(on);
        }
    }

    @Override
    public void close(CloseReason reason) {
        close(reason.code(), reason.reason());
    }

    /** As {@link #close(CloseReason)}, for a receiver that is no session. */
    public void close(int code, String reason) {
        if (state == State.OPEN) {
            state = State.CLOSING;
            writeClose(code, reason);
            awaitEnd();
        }
    }

    @Override
    public void terminate() {
        if (state != State.GONE) {
            context().close();
        }
    }

    // What the loop's watch asks.

    /** Whether the connection is to be asked again; ends it if it took too long. */
    boolean isUnfinished(int tick) {
        if (state == State.OPEN) {
            reader.expire(sink);
            return state != State.OPEN || reader.isMidMessage();
        }
        if (tick - deadlineTick >= 0) {
            terminate();
        }
        return state != State.GONE;
    }

    private void write(ByteBuf frames) {
        ChannelHandlerContext ctx = context();
        loop.meters().wrote(frames.readableBytes());
        ctx.write(frames, ctx.voidPromise());
    }

    private void pong(ByteBuf payload) {
        ByteBuf out = loop.allocator().directBuffer(2 + payload.readableBytes());
        FrameWriter.frame(out, Opcode.FIN | Opcode.PONG, payload);
        write(out);
    }

    private ChannelFuture writeClose(int code, String reason) {
        ByteBuf out = loop.allocator().directBuffer(127);
        FrameWriter.close(out, code, reason);
        loop.meters().wrote(out.readableBytes());
        return context().writeAndFlush(out);
    }

    /** Says the last word, and listens no more. */
    private void endWith(int code, String reason) {
        state = State.ENDING;
        reader.close();
        awaitEnd();
        writeClose(code, reason).addListener(this::endOutput);
        tellGone();
    }

    private void awaitEnd() {
        deadlineTick = loop.closeDeadline();
        loop.watch(this);
        context().channel().config().setAutoRead(true); // a paused connection would never see the end
    }

    /** What was written is out, or cannot be written: close our half. */
    private void endOutput(Future<?> written) {
        ChannelHandlerContext ctx = context();
        SslHandler tls = ctx.pipeline().get(SslHandler.class);
        if (!written.isSuccess()) {
            ctx.close();
        } else if (tls != null) {
            tls.closeOutbound().addListener(notified -> shutdownOutput(ctx.channel()));
        } else {
            shutdownOutput(ctx.channel());
        }
    }

    private static void shutdownOutput(Channel channel) {
        if (channel instanceof DuplexChannel duplex && channel.isActive()) {
            duplex.shutdownOutput();
        } else {
            channel.close();
        }
    }

    private void gone() {
        if (state != State.GONE) {
            state = State.GONE;
            loop.meters().connections(-1);
        }
        loop.unwatch(this);
        reader.close();
        owedPong = null;
        tellGone();
    }

    private void tellGone() {
        Receiver told = receiver;
        receiver = Receiver.NONE;
        told.gone();
    }

    private ChannelHandlerContext context() {
        return Objects.requireNonNull(context, "used before it was added to a pipeline");
    }

    /** What the reader finds. */
    private final class Inbound implements MessageSink {
        @Override
        public void text(ByteBuf payload) {
            if (state == State.OPEN) {
                receiver.text(payload);
            }
        }

        @Override
        public void binary(ByteBuf payload) {
            if (state == State.OPEN) {
                receiver.binary(payload);
            }
        }

        @Override
        public void ping(ByteBuf payload) {
            if (state != State.OPEN) {
                return;
            }
            if (context().channel().isWritable()) {
                WebSocketHandler.this.pong(payload);
                flushDue = true;
            } else {
                owedPong = ByteBufUtil.getBytes(payload);
            }
            receiver.alive();
        }

        @Override
        public void pong(ByteBuf payload) {
            receiver.alive();
        }

        @Override
        public void close(int code, String reason) {
            if (state == State.OPEN) {
                if (code == CloseStatus.NORMAL || code == CloseStatus.GOING_AWAY || code == CloseStatus.NO_STATUS) {
                    receiver.goodbye();
                }
                endWith(code, "");
            } else if (state == State.CLOSING) {
                state = State.ENDING;
                context().writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(WebSocketHandler.this::endOutput);
            }
        }

        @Override
        public void violation(int code, String reason) {
            loop.meters().violation(code, reason);
            LOG.debug("connection {}: {} {}", context().channel().id(), code, reason);
            if (state == State.OPEN) {
                receiver.goodbye();
                endWith(code, reason);
            } else if (state == State.CLOSING) {
                state = State.ENDING;
                context().writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(WebSocketHandler.this::endOutput);
            }
        }
    }
}
