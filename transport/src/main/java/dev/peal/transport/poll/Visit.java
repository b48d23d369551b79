package dev.peal.transport.poll;

import dev.peal.hub.EncodedBatch;
import dev.peal.hub.Format;
import dev.peal.protocol.CloseReason;
import dev.peal.session.Connection;

/** The connection of a visitor, who brings one message and listens to its answer alone: nothing comes of it. */
public enum Visit implements Connection {
    INSTANCE;

    @Override
    public Format format() {
        throw new IllegalStateException("a visitor is in no room");
    }

    @Override
    public void write(EncodedBatch batch, int from, int to) {}

    @Override
    public void write(byte[] json) {}

    @Override
    public void flush() {}

    @Override
    public long pendingBytes() {
        return 0;
    }

    @Override
    public void ping() {}

    @Override
    public int unansweredPingMillis() {
        return Integer.MAX_VALUE / 2;
    }

    @Override
    public void reading(boolean on) {}

    @Override
    public void close(CloseReason reason) {}

    @Override
    public void terminate() {}
}
