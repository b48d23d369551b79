package dev.peal.transport.sse;

import dev.peal.hub.EncodedBatch;
import dev.peal.hub.Format;
import dev.peal.log.RoomKey;
import dev.peal.protocol.CloseReason;
import dev.peal.protocol.Position;
import dev.peal.protocol.Recovery;
import dev.peal.protocol.ServerMessages;
import dev.peal.session.Connection;
import dev.peal.session.Session;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One event stream, the only handler of its channel: what a session writes, as events. What comes in is thrown away, and too much of it ends the stream. Owned by the
 * channel's event loop.
 *
 * <p>Nothing ever comes from a client that is well, so a dead one is found out by the kernel: a comment now and then, which must be acknowledged within a time.
 */
public final class EventStream extends ChannelInboundHandlerAdapter implements Connection {
    private static final Logger LOG = LoggerFactory.getLogger(EventStream.class);
    private static final WriteBufferWaterMark WATER_MARK = new WriteBufferWaterMark(FULL_BYTES / 2, FULL_BYTES);
    private static final byte[] BEGIN = EventText.ascii("retry: 2000\n:\n\n");
    private static final byte[] COMMENT = EventText.ascii(":\n\n");
    private static final byte[] TYPE = EventText.ascii("{\"type\":\"");

    /** What a client may send, which has nothing to say here. */
    private static final int INCOMING_BYTES_MAX = 64 << 10;

    private enum State {
        OPEN,
        /** The last event is written, and its end awaited. */
        CLOSING,
        GONE
    }

    private final EventFormat format;
    private final StreamConfig config;
    private final StreamMeters meters;
    private final Places places;
    private final Runnable ended;
    private @Nullable Function<EventStream, Session> opener;
    private @Nullable Session session;
    private @Nullable ChannelHandlerContext context;
    private State state = State.OPEN;
    private int incoming;

    EventStream(
            EventFormat format,
            StreamConfig config,
            StreamMeters meters,
            Function<EventStream, Session> opener,
            Runnable ended) {
        this.format = format;
        this.config = config;
        this.meters = meters;
        this.places = new Places(!format.ids(), format.ids());
        this.opener = opener;
        this.ended = ended;
    }

    // What the channel tells.

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
        meters.streams(1);
        ctx.channel().config().setWriteBufferWaterMark(WATER_MARK).setAutoRead(true);
        config.peers().whileSending(ctx.channel(), config.heartbeatMillis());
        write(ctx.alloc().directBuffer(BEGIN.length).writeBytes(BEGIN));
        Function<EventStream, Session> open = Objects.requireNonNull(opener);
        opener = null;
        Session opened = open.apply(this);
        session = opened;
        if (state == State.GONE) {
            opened.gone();
        }
        ctx.flush();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        incoming += message instanceof ByteBuf bytes ? bytes.readableBytes() : 0;
        ReferenceCountUtil.release(message);
        if (incoming > INCOMING_BYTES_MAX && session != null) {
            session.close(CloseReason.MESSAGE_TOO_BIG);
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (ctx.channel().isWritable() && state == State.OPEN && session != null) {
            session.drained();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        gone();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        gone();
        ctx.close(); // nobody else is there to do it, if opening the session failed
    }

    /** The network's failures end the stream; ours are told to the client as such. */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof IOException) {
            LOG.debug("stream {} broke", ctx.channel().id(), cause);
            ctx.close();
            return;
        }
        LOG.error("stream {} failed", ctx.channel().id(), cause);
        close(CloseReason.INTERNAL_ERROR);
    }

    // What the session asks for.

    @Override
    public Format format() {
        return format;
    }

    @Override
    public void write(EncodedBatch batch, int from, int to) {
        if (state == State.OPEN && to > from) {
            places.advance(batch, from, to);
            write(batch.retained(from, to));
        }
    }

    @Override
    public void write(byte[] json) {
        if (state == State.OPEN) {
            ByteBuf out = context().alloc().directBuffer(json.length + 64);
            format.write(out, json, format.named() ? type(json) : null);
            write(out);
        }
    }

    @Override
    public void follows(RoomKey room, Position from, Position newest, Recovery recovery) {
        places.begin(room, from);
    }

    @Override
    public void leaves(RoomKey room) {
        places.end(room);
    }

    @Override
    public void flush() {
        if (state == State.OPEN) {
            sayPlaces();
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
            write(context().alloc().directBuffer(COMMENT.length).writeBytes(COMMENT));
            context().flush();
        }
    }

    @Override
    public int unansweredPingMillis() {
        return config.heartbeatMillis();
    }

    @Override
    public void reading(boolean on) {
        // Nothing is expected, and only a socket that is read tells of its end.
    }

    @Override
    public void close(CloseReason reason) {
        if (state != State.OPEN) {
            return;
        }
        sayPlaces();
        write(ServerMessages.close(reason));
        state = State.CLOSING;
        Channel channel = context().channel();
        context().flush();
        // An empty write behind all others: when it is done, they are.
        context().writeAndFlush(channel.alloc().buffer(0)).addListener(done -> channel.close());
        var late = context().executor().schedule(() -> channel.close(), config.closeMillis(), TimeUnit.MILLISECONDS);
        channel.closeFuture().addListener(closed -> late.cancel(false));
    }

    @Override
    public void terminate() {
        if (state != State.GONE) {
            context().close();
        }
    }

    private void sayPlaces() {
        if (places.unsaid()) {
            ByteBuf out = context().alloc().directBuffer(128);
            EventText.id(out, places.say());
            EventText.end(out);
            write(out);
        }
    }

    private void write(ByteBuf events) {
        ChannelHandlerContext ctx = context();
        meters.streamed(events.readableBytes());
        ctx.write(events, ctx.voidPromise());
    }

    private void gone() {
        if (state == State.GONE) {
            return;
        }
        state = State.GONE;
        meters.streams(-1);
        ended.run();
        Session told = session;
        session = null;
        if (told != null) {
            told.gone();
        }
    }

    /** The type of a message of ours: every one begins with it. */
    private static @Nullable String type(byte[] json) {
        int from = TYPE.length;
        for (int i = 0; i < from; i++) {
            if (i >= json.length || json[i] != TYPE[i]) {
                return null;
            }
        }
        int to = from;
        while (to < json.length && json[to] != '"') {
            to++;
        }
        return new String(json, from, to - from, StandardCharsets.UTF_8);
    }

    private ChannelHandlerContext context() {
        return Objects.requireNonNull(context, "used before it was added to a pipeline");
    }
}
