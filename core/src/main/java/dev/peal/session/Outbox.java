package dev.peal.session;

import dev.peal.hub.EncodedBatch;
import dev.peal.hub.Format;
import dev.peal.hub.Loop;
import dev.peal.hub.RoomKind;
import dev.peal.hub.Subscriber;
import dev.peal.log.RoomKey;
import dev.peal.protocol.CloseReason;
import dev.peal.protocol.ServerMessages;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/**
 * All that goes to one client, in order, flushed once at the end of the loop's iteration. Owned by the connection's loop.
 *
 * <p>Acknowledgements are written at the end, after every batch of the iteration: so an {@code ack} comes after the push that it is about. Counts what the socket
 * has not taken yet; a connection with more than the limit is full, and one that takes nothing for too long is stalled.
 */
final class Outbox implements Subscriber, Loop.Tail {
    private final Session session;
    private final Connection connection;
    private @Nullable ArrayList<byte[]> acks;
    private boolean scheduled;
    private boolean paused;
    private long accepted;
    private long asked;
    private long taken;
    private int takenAtMillis;

    Outbox(Session session, Connection connection) {
        this.session = session;
        this.connection = connection;
    }

    @Override
    public Format format() {
        return connection.format();
    }

    @Override
    public boolean offer(EncodedBatch batch, int from, int to) {
        int length = batch.length(from, to);
        if (isFull(length)) {
            // Much may have come within this one iteration: the socket has not been asked yet.
            connection.flush();
            if (isFull(length)) {
                return false;
            }
        }
        write(batch, from, to);
        return true;
    }

    @Override
    public void slow() {
        session.close(CloseReason.SLOW_READER);
    }

    @Override
    public void review(RoomKey room) {
        session.memberships().review(room);
    }

    @Override
    public void lost() {
        session.close(CloseReason.INTERNAL_ERROR);
    }

    @Override
    public void skipped(RoomKey room, RoomKind kind, long count, long newest) {
        write(ServerMessages.skipped(kind.idField(), room.id(), count, newest));
    }

    /** Writes a batch whatever is pending: for a replay, which paces itself. */
    void write(EncodedBatch batch, int from, int to) {
        if (to > from) {
            accepted += batch.length(from, to);
            connection.write(batch, from, to);
            flushLater();
        }
    }

    /** Writes one message, in the order of the calls. A large one is what the client asked for, and does not make it a slow reader. */
    void write(byte[] json) {
        accepted += json.length;
        if (json.length > Connection.FULL_BYTES) {
            asked = accepted;
        }
        connection.write(json);
        flushLater();
    }

    /** Writes one message after every batch of this iteration. */
    void writeLast(byte[] json) {
        ArrayList<byte[]> list = acks;
        if (list == null) {
            list = new ArrayList<>(4);
            acks = list;
        }
        list.add(json);
        flushLater();
    }

    @Override
    public void endOfIteration() {
        scheduled = false;
        if (session.closed()) {
            return;
        }
        ArrayList<byte[]> list = acks;
        if (list != null) {
            acks = null;
            for (int i = 0; i < list.size(); i++) {
                accepted += list.get(i).length;
                connection.write(list.get(i));
            }
        }
    }

    @Override
    public void flush() {
        if (session.closed()) {
            return;
        }
        connection.flush();
        long pending = connection.pendingBytes();
        if (pending > 0) {
            session.watch();
            if (!paused && pending > session.config().readPauseBytes()) {
                paused = true;
                connection.reading(false);
            }
        }
    }

    /** The socket has taken most of what was pending. */
    void drained() {
        if (paused) {
            paused = false;
            connection.reading(true);
        }
    }

    boolean hasPending() {
        return connection.pendingBytes() > 0;
    }

    /** Bytes begin to be pending: the time without progress counts from now. */
    void beginWatch(int nowMillis) {
        taken = accepted - connection.pendingBytes();
        takenAtMillis = nowMillis;
    }

    /**
     * Whether bytes have been pending for too long without one being taken. A socket counts more than was written to it (its own overhead, a stream's ids and
     * comments), so what seems to be taken falls with each write: only a rise is progress.
     */
    boolean stalled(int nowMillis) {
        long pending = connection.pendingBytes();
        long takenNow = accepted - pending;
        boolean progress = pending == 0 || takenNow > taken;
        taken = takenNow;
        if (progress) {
            takenAtMillis = nowMillis;
            return false;
        }
        return nowMillis - takenAtMillis >= session.config().outboxStallMillis();
    }

    private boolean isFull(int length) {
        long pending = connection.pendingBytes();
        long unasked = Math.min(pending, accepted - asked);
        return pending > 0 && unasked + length > session.config().outboxBytesMax();
    }

    private void flushLater() {
        if (!scheduled) {
            scheduled = true;
            session.loop().loop().atEnd(this);
        }
    }
}
