package dev.peal.session;

import dev.peal.hub.EncodedBatch;
import dev.peal.hub.Member;
import dev.peal.protocol.CloseReason;
import dev.peal.protocol.Position;
import dev.peal.protocol.Recovery;
import java.util.ArrayDeque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sends a member the entries that it missed, page by page as its socket drains, and then lets it go live. Owned by the connection's loop.
 *
 * <p>Nothing can fall between: while it replays, the member gets no stored entry live; it goes live in the very moment at which it has everything that reached its
 * loop. Only the log knows what retention has left of it, so the join is answered when the first page was looked at. An acknowledgement of an entry that it has not sent yet waits for it. What retention trims while it is on its way ends the connection, so that the client comes back with its position and is told.
 */
final class Replay implements Pages.Reader {
    private record HeldAck(long offset, byte[] frame, Reply reply) {}

    private final Session session;
    private final Member member;
    private final Position joined;
    private final @Nullable Recovery known;
    private @Nullable Consumer<Recovery> answer;
    private @Nullable ArrayDeque<HeldAck> acks;
    private long cursor;
    private boolean waiting;
    private boolean stopped;

    /**
     * A replay that has yet to find out whether the log still holds what is missing.
     *
     * @param joined the newest position at the moment of the join
     * @param answer told once, before the first entry; what cannot be recovered goes on behind {@code joined}
     */
    Replay(Session session, Member member, Position joined, long cursor, Consumer<Recovery> answer) {
        this(session, member, joined, cursor, null, answer);
    }

    private Replay(
            Session session,
            Member member,
            Position joined,
            long cursor,
            @Nullable Recovery known,
            Consumer<Recovery> answer) {
        this.session = session;
        this.member = member;
        this.joined = joined;
        this.cursor = cursor;
        this.known = known;
        this.answer = answer;
    }

    /**
     * A replay from the moment of the join on, for an answer that may be large: it is made when the socket has room, and what follows it waits until it was taken. So
     * whoever reads slowly what was asked for is no slow reader.
     */
    static Replay from(Session session, Member member, Position joined, Recovery known, Consumer<Recovery> answer) {
        return new Replay(session, member, joined, joined.offset(), known, answer);
    }

    boolean stopped() {
        return stopped;
    }

    void stop() {
        stopped = true;
        answer(known == null ? Recovery.COMPLETE : known);
        release(Long.MAX_VALUE);
    }

    /** Keeps an acknowledgement until its entry has been sent; false: it has been. */
    boolean hold(long offset, byte[] ack, Reply reply) {
        if (stopped || offset <= cursor) {
            return false;
        }
        ArrayDeque<HeldAck> list = acks;
        if (list == null) {
            list = new ArrayDeque<>();
            acks = list;
        }
        list.addLast(new HeldAck(offset, ack, reply));
        return true;
    }

    /** Goes on if there is room; called again whenever the socket has drained. */
    void proceed() {
        while (!stopped && !waiting && !session.closed()) {
            boolean full = session.pendingBytes() > Connection.FULL_BYTES;
            if (full && (answer == null || known != null)) {
                return;
            }
            if (answer != null && known != null) {
                answer(known);
                continue;
            }
            if (session.sessions().hub().goLive(member, cursor)) {
                stop();
                return;
            }
            // The log may hold entries that have not reached this loop yet: those will come live.
            long newest = session.sessions().hub().newest(member);
            if (newest <= cursor) {
                return;
            }
            step(newest);
        }
    }

    private void step(long newest) {
        Pages pages = session.loop().pages();
        switch (pages.find(member.key(), joined.epoch(), cursor)) {
            case Pages.Found.Here here -> send(here.sheet(), newest);
            case Pages.Found.Missing missing -> {
                waiting = true;
                pages.fetch(missing.key(), this);
            }
            case Pages.Found.Trimmed trimmed -> trimmed(trimmed.oldest());
        }
    }

    private void trimmed(long oldest) {
        if (answer == null) {
            session.close(CloseReason.SLOW_READER);
            return;
        }
        answer(new Recovery.Lost(Recovery.Reason.HISTORY_TRIMMED, oldest));
        cursor = joined.offset();
        release(cursor);
    }

    private void answer(Recovery recovery) {
        Consumer<Recovery> told = answer;
        answer = null;
        if (told != null && !session.closed()) {
            told.accept(recovery);
        }
    }

    @Override
    public void there() {
        waiting = false;
        proceed();
    }

    @Override
    public void lost() {
        waiting = false;
        if (!stopped && !session.closed()) {
            session.close(CloseReason.SLOW_READER);
        }
    }

    private void send(Pages.Sheet sheet, long newest) {
        answer(Recovery.COMPLETE);
        Page page = sheet.page();
        long to = Math.min(page.last(), newest);
        EncodedBatch batch = sheet.encoded().in(session.outbox().format());
        session.outbox().write(batch, (int) (cursor - page.after()), (int) (to - page.after()));
        cursor = to;
        release(cursor);
    }

    private void release(long sent) {
        ArrayDeque<HeldAck> list = acks;
        while (list != null && !list.isEmpty() && list.getFirst().offset() <= sent) {
            HeldAck held = list.removeFirst();
            held.reply().sayLast(held.frame());
        }
    }
}
