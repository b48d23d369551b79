package dev.peal.session;

import dev.peal.hub.EncodedBatch;
import dev.peal.hub.Member;
import dev.peal.hub.Push;
import dev.peal.log.Entry;
import dev.peal.log.LogRead;
import dev.peal.log.ReadRequest;
import dev.peal.protocol.CloseReason;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sends a member the entries that it missed, page by page as its socket drains, and then lets it go live. Owned by the connection's loop.
 *
 * <p>Nothing can fall between: while it replays, the member gets no stored entry live; it goes live in the very moment at which it has everything that reached its
 * loop. An acknowledgement of an entry that it has not sent yet waits for it. What retention trims while it is on its way ends the connection, so that the client comes back with its position and is told.
 */
final class Replay {
    private record HeldAck(long offset, byte[] frame) {}

    private final Session session;
    private final Member member;
    private final String epoch;
    private @Nullable ArrayDeque<HeldAck> acks;
    private long cursor;
    private boolean reading;
    private boolean stopped;

    Replay(Session session, Member member, String epoch, long cursor) {
        this.session = session;
        this.member = member;
        this.epoch = epoch;
        this.cursor = cursor;
    }

    void stop() {
        stopped = true;
        release(Long.MAX_VALUE);
    }

    /** Keeps an acknowledgement until its entry has been sent; false: it has been. */
    boolean hold(long offset, byte[] ack) {
        if (stopped || offset <= cursor) {
            return false;
        }
        ArrayDeque<HeldAck> list = acks;
        if (list == null) {
            list = new ArrayDeque<>();
            acks = list;
        }
        list.addLast(new HeldAck(offset, ack));
        return true;
    }

    /** Goes on if there is room; called again whenever the socket has drained. */
    void proceed() {
        if (stopped || reading || session.closed()) {
            return;
        }
        if (session.sessions().hub().goLive(member, cursor)) {
            stop();
            return;
        }
        if (session.pendingBytes() > Connection.FULL_BYTES) {
            return;
        }
        reading = true;
        SessionConfig config = session.config();
        ReadRequest page = new ReadRequest(
                member.key(),
                epoch,
                ReadRequest.Direction.AFTER,
                cursor,
                config.replayEntriesMax(),
                config.replayBytesMax());
        session.sessions().log().read(page, session.loop().loop().owner(), this::read);
    }

    private void read(LogRead result) {
        reading = false;
        if (stopped || session.closed()) {
            return;
        }
        if (result instanceof LogRead.Complete page && !page.entries().isEmpty()) {
            send(page.entries());
            proceed();
        } else {
            session.close(CloseReason.SLOW_READER);
        }
    }

    private void send(List<Entry> entries) {
        // The log may hold entries that have not reached this loop yet: those will come live.
        long newest = session.sessions().hub().newest(member);
        List<Push> pushes = new ArrayList<>(entries.size());
        for (Entry entry : entries) {
            if (entry.offset() > newest) {
                break;
            }
            cursor = entry.offset();
            pushes.add(new Push(entry.type(), entry.offset(), entry.data(), null, null));
        }
        EncodedBatch batch = session.outbox().format().encode(pushes);
        session.outbox().write(batch, 0, batch.count());
        batch.release();
        release(cursor);
    }

    private void release(long sent) {
        ArrayDeque<HeldAck> list = acks;
        while (list != null && !list.isEmpty() && list.getFirst().offset() <= sent) {
            session.outbox().writeLast(list.removeFirst().frame());
        }
    }
}
