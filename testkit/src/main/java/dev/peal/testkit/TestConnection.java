package dev.peal.testkit;

import dev.peal.hub.EncodedBatch;
import dev.peal.hub.Format;
import dev.peal.protocol.CloseReason;
import dev.peal.session.Connection;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A connection without a socket: keeps what is written to it, and can stop taking bytes. */
public final class TestConnection implements Connection {
    /** What a socket counts for each write beside its bytes. */
    private static final int OVERHEAD_BYTES = 96;

    private final Format format;
    private final List<String> received = new ArrayList<>();
    private final List<String> unflushed = new ArrayList<>();
    private long pending;
    private int writes;
    private int pings;
    private boolean stuck;
    private boolean reading = true;
    private boolean terminated;
    private @Nullable CloseReason closed;

    public TestConnection(Format format) {
        this.format = format;
    }

    /** The socket takes nothing from now on, or takes again (what is pending is taken at the next flush). */
    public void stuck(boolean on) {
        stuck = on;
    }

    /** What was flushed so far. */
    public List<String> received() {
        return received;
    }

    /** How many writes carried it. */
    public int writes() {
        return writes;
    }

    public int pings() {
        return pings;
    }

    public boolean isReading() {
        return reading;
    }

    /** Why the server closed it, if it did. */
    public @Nullable CloseReason closed() {
        return closed;
    }

    public boolean terminated() {
        return terminated;
    }

    @Override
    public Format format() {
        return format;
    }

    @Override
    public void write(EncodedBatch batch, int from, int to) {
        ByteBuf view = batch.retained(from, to);
        String text = view.toString(StandardCharsets.UTF_8);
        pending += view.readableBytes() + OVERHEAD_BYTES;
        view.release();
        add(text);
    }

    @Override
    public void write(byte[] json) {
        pending += json.length + OVERHEAD_BYTES;
        add(new String(json, StandardCharsets.UTF_8));
    }

    @Override
    public void flush() {
        received.addAll(unflushed);
        unflushed.clear();
        if (!stuck) {
            pending = 0;
        }
    }

    @Override
    public long pendingBytes() {
        return pending;
    }

    @Override
    public void ping() {
        pings++;
    }

    @Override
    public void reading(boolean on) {
        reading = on;
    }

    @Override
    public void close(CloseReason reason) {
        if (closed == null) {
            flush();
            closed = reason;
        }
    }

    @Override
    public void terminate() {
        terminated = true;
    }

    private void add(String text) {
        if (closed != null) {
            return;
        }
        writes++;
        for (String line : text.split("\n")) {
            unflushed.add(line);
        }
    }
}
