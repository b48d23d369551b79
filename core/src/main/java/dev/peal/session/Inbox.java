package dev.peal.session;

import dev.peal.hub.Encoded;
import dev.peal.hub.Origin;
import dev.peal.hub.Push;
import dev.peal.log.Entry;
import dev.peal.log.LogRead;
import dev.peal.log.ReadRequest;
import dev.peal.protocol.Position;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Brings a session up to the end of its user's notifications, page by page as its socket drains: after a sign-in from where they are unread, and over a hole.
 * Owned by the connection's loop; exists only until the session has them all, which then takes the next one as it comes.
 *
 * <p>Nothing falls between: what comes meanwhile only moves the end, and the log holds at least what a loop was told of.
 */
final class Inbox implements Notifications.Located {
    private static final int PAGE_ENTRIES = 100;
    private static final int PAGE_BYTES = 256 * 1024;
    private static final int RETRY_MILLIS = 1_000;

    private final Session session;
    private final String userId;
    private @Nullable Position had;
    private long cursor = -1;
    private long end;
    private long marksFrom;
    private boolean busy;

    private Inbox(Session session, String userId) {
        this.session = session;
        this.userId = userId;
    }

    /**
     * A user signed in: everything unread, but no mark of what was read before.
     *
     * @param upTo the last that the client has already: it gets everything behind that instead, where it still can be had; or null
     */
    static void open(Session session, String userId, @Nullable Position upTo) {
        Inbox inbox = new Inbox(session, userId);
        inbox.had = upTo;
        session.inbox = inbox;
        inbox.locate();
    }

    /**
     * An entry of the user's log came to this loop.
     *
     * @param replaced it begins another history than the one that the session knows
     */
    static void offer(Session session, String userId, Push push, Encoded encoded, boolean replaced) {
        if (replaced) {
            session.mailed = push.offset() - 1;
            session.inbox = null;
        }
        Inbox behind = session.inbox;
        if (behind != null) {
            behind.end = Math.max(behind.end, push.offset());
        } else if (push.offset() == session.mailed + 1
                && session.outbox().offer(encoded.in(session.outbox().format()), 0, 1)) {
            session.mailed = push.offset();
        } else if (push.offset() > session.mailed) {
            Inbox inbox = new Inbox(session, userId);
            inbox.cursor = session.mailed;
            inbox.end = push.offset();
            session.inbox = inbox;
            inbox.proceed();
        }
    }

    @Override
    public void at(long after, long newest) {
        busy = false;
        cursor = after;
        end = Math.max(end, newest);
        marksFrom = newest;
        if (had != null && had.offset() <= newest) {
            cursor = had.offset();
            marksFrom = cursor;
        } else {
            had = null;
        }
        proceed();
    }

    @Override
    public void unavailable() {
        busy = false;
        retry();
    }

    /** Goes on if there is room; called again whenever the socket has drained. */
    void proceed() {
        if (busy || session.inbox != this || session.closed()) {
            return;
        }
        if (cursor < 0) {
            locate();
        } else if (cursor >= end) {
            session.mailed = cursor;
            session.inbox = null;
        } else if (session.pendingBytes() <= Connection.FULL_BYTES) {
            busy = true;
            ReadRequest page = new ReadRequest(
                    Notifications.logOf(userId),
                    had == null ? null : had.epoch(),
                    ReadRequest.Direction.AFTER,
                    cursor,
                    PAGE_ENTRIES,
                    PAGE_BYTES);
            session.sessions().log().read(page, session.loop().loop().owner(), this::read);
        }
    }

    private void locate() {
        busy = true;
        session.sessions().notifications().locate(userId, session.loop().loop().owner(), this);
    }

    private void read(LogRead result) {
        busy = false;
        if (session.inbox != this || session.closed()) {
            return;
        }
        switch (result) {
            case LogRead.Complete page -> {
                had = null;
                send(page.epoch(), page.entries());
            }
            case LogRead.OtherEpoch other
            when had != null -> {
                had = null;
                cursor = -1;
            }
            case LogRead.Truncated trimmed -> cursor = trimmed.oldest() - 1;
            case LogRead.OtherEpoch other -> end = other.newest();
            case LogRead.Failed failed -> {
                retry();
                return;
            }
        }
        proceed();
    }

    private void send(String epoch, List<Entry> entries) {
        if (entries.isEmpty()) {
            cursor = end;
            return;
        }
        Origin origin = new Origin(Notifications.logOf(userId), epoch);
        List<Push> pushes = new ArrayList<>(entries.size());
        for (Entry entry : entries) {
            cursor = entry.offset();
            if (cursor > marksFrom || entry.type().equals(Notifications.TYPE)) {
                pushes.add(Push.entry(origin, entry.type(), cursor, entry.data()));
            }
        }
        Encoded encoded = new Encoded(pushes);
        session.outbox().write(encoded.in(session.outbox().format()), 0, pushes.size());
        encoded.release();
    }

    private void retry() {
        session.loop().loop().owner().schedule(this::proceed, RETRY_MILLIS);
    }
}
