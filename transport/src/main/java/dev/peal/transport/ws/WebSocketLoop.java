package dev.peal.transport.ws;

import dev.peal.hub.Format;
import dev.peal.websocket.CompressionPermits;
import dev.peal.websocket.FrameWriter;
import dev.peal.websocket.MessageDeflater;
import dev.peal.websocket.MessageInflater;
import dev.peal.websocket.Opcode;
import dev.peal.websocket.ReaderContext;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.concurrent.EventExecutor;
import java.util.ArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * What the WebSocket connections of one event loop share: the inflater and the deflater, the formats, and the watch over those that are in the middle of
 * something. Owned by its loop.
 *
 * <p>The watch stands in for timers. Only connections with an unfinished message or an unfinished close are on it, one tick looks at all of them, and while there
 * are none nothing ticks.
 */
final class WebSocketLoop {
    static final int TICK_MILLIS = 250;

    private final int index;
    private final EventExecutor executor;
    private final WebSocketConfig config;
    private final WebSocketMeters meters;
    private final ByteBufAllocator allocator = ByteBufAllocator.DEFAULT;
    private final MessageInflater inflater = new MessageInflater();
    private final MessageDeflater deflater;
    private final ReaderContext reading;
    private final Format plain = new JsonFormat(JsonFormat.PLAIN, this);
    private final Format deflated = new JsonFormat(JsonFormat.DEFLATED, this);
    private final ArrayList<WebSocketHandler> watched = new ArrayList<>();
    private boolean ticking;
    private int tick;

    WebSocketLoop(
            int index,
            EventExecutor executor,
            WebSocketConfig config,
            CompressionPermits permits,
            WebSocketMeters meters,
            LongSupplier nanoTime) {
        this.index = index;
        this.executor = executor;
        this.config = config;
        this.meters = meters;
        this.deflater = new MessageDeflater(config.deflate(), permits);
        this.reading = new ReaderContext(config.limits(), true, inflater, allocator, nanoTime);
    }

    int index() {
        return index;
    }

    EventExecutor executor() {
        return executor;
    }

    WebSocketMeters meters() {
        return meters;
    }

    ReaderContext reading() {
        return reading;
    }

    ByteBufAllocator allocator() {
        return allocator;
    }

    /** The format for connections that agreed on this window; 0 for no compression. */
    Format format(int windowBits) {
        return windowBits == JsonFormat.WINDOW_BITS ? deflated : plain;
    }

    /** Appends a message as one frame, deflated where that is agreed ({@code windowBits} not 0) and pays. The payload stays as it was. */
    void frame(ByteBuf out, int opcode, ByteBuf payload, int windowBits) {
        if (windowBits == 0 || !deflater.isWorthwhile(payload.readableBytes())) {
            FrameWriter.frame(out, Opcode.FIN | opcode, payload);
            return;
        }
        ByteBuf shorter = allocator.heapBuffer(payload.readableBytes());
        try {
            if (deflater.deflate(payload, shorter, windowBits)) {
                FrameWriter.frame(out, Opcode.FIN | Opcode.RSV1 | opcode, shorter);
            } else {
                FrameWriter.frame(out, Opcode.FIN | opcode, payload);
            }
        } finally {
            shorter.release();
        }
    }

    /** Has the connection asked at every tick until it is in the middle of nothing. */
    void watch(WebSocketHandler connection) {
        if (connection.watchIndex >= 0) {
            return;
        }
        connection.watchIndex = watched.size();
        watched.add(connection);
        if (!ticking) {
            ticking = true;
            tickLater();
        }
    }

    void unwatch(WebSocketHandler connection) {
        int at = connection.watchIndex;
        if (at < 0) {
            return;
        }
        connection.watchIndex = -1;
        WebSocketHandler last = watched.removeLast();
        if (last != connection) {
            watched.set(at, last);
            last.watchIndex = at;
        }
    }

    /** The tick from which on a close that begins now has taken too long. */
    int closeDeadline() {
        return tick + 1 + (config.closeMillis() + TICK_MILLIS - 1) / TICK_MILLIS;
    }

    void close() {
        inflater.close();
        for (WebSocketHandler connection : new ArrayList<>(watched)) {
            connection.terminate();
        }
    }

    private void tick() {
        tick++;
        for (int i = watched.size() - 1; i >= 0; i--) {
            if (i < watched.size()) { // closing one may take others off
                WebSocketHandler connection = watched.get(i);
                if (!connection.isUnfinished(tick)) {
                    unwatch(connection);
                }
            }
        }
        ticking = !watched.isEmpty();
        if (ticking) {
            tickLater();
        }
    }

    private void tickLater() {
        executor.schedule(this::tick, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }
}
