package dev.peal.session;

import dev.peal.auth.Sha256;
import dev.peal.hub.Hub;
import dev.peal.hub.Loop;
import dev.peal.hub.Origin;
import dev.peal.hub.Push;
import dev.peal.log.Appended;
import dev.peal.log.Draft;
import dev.peal.log.Entry;
import dev.peal.log.Feed;
import dev.peal.log.LogRead;
import dev.peal.log.ReadRequest;
import dev.peal.log.RoomKey;
import dev.peal.log.RoomLog;
import dev.peal.protocol.JsonWriter;
import dev.peal.time.Clock;
import dev.peal.time.Owner;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Notifications to users and to everybody. Thread-safe.
 *
 * <p>Each user has a log, a room of the kind {@value #USER_KIND} that nobody joins: a member in a room would cost every idle connection its place there. What is
 * appended is handed to every loop, which finds the user's sessions in its own index ({@link Users}). A session knows the offset that it was given last, so it
 * takes the next one as it comes and reads from the log where there is a hole, as after a sign-in ({@link Inbox}). Broadcasts have a log of their own and reach
 * whoever is connected.
 */
public final class Notifications {
    /** The kind of users' logs. No application has it, so no message of a room reaches one. */
    public static final String USER_KIND = "user";

    /** The kind of the server's own logs. */
    public static final String SERVER_KIND = "server";

    /** The log of broadcasts. */
    public static final RoomKey BROADCASTS = new RoomKey(SERVER_KIND, "broadcast");

    /** The wire type of what is sent, and of its entries. */
    public static final String TYPE = "notification";

    /** The wire type of a mark: everything up to the {@code offset} in its data was read. */
    public static final String READ_TYPE = "notification_read";

    /** Entries kept of one user, and broadcasts, unless the configuration says otherwise. */
    public static final long ENTRIES_KEPT = 1_000;

    private static final String HASHED = "sha256:";
    private static final int ID_LENGTH_MAX = 128;
    private static final int PAGE_BYTES_MAX = 512 * 1024;

    private final Hub hub;
    private final RoomLog log;
    private final Clock clock;
    private final List<SessionLoop> loops;
    private final List<Mailboxes> mailboxes;

    Notifications(Hub hub, RoomLog log, Clock clock, List<SessionLoop> loops) {
        this.hub = hub;
        this.log = log;
        this.clock = clock;
        this.loops = loops;
        List<Mailboxes> made = new ArrayList<>();
        for (Loop loop : hub.loops()) {
            made.add(new Mailboxes(log, loop.owner()));
        }
        this.mailboxes = List.copyOf(made);
    }

    /** Whether rooms of this kind are the logs of notifications. */
    public static boolean isKind(String kind) {
        return kind.equals(USER_KIND) || kind.equals(SERVER_KIND);
    }

    /** What became of a page that was asked for. */
    sealed interface Listing {
        /** @param read up to where the user has read */
        record Found(LogRead.Complete entries, long read) implements Listing {}

        record Unavailable() implements Listing {}
    }

    /** Told where a user's unread notifications begin. */
    interface Located {
        /**
         * @param after the offset behind which they stand
         * @param newest the newest offset of the log
         */
        void at(long after, long newest);

        /** The log cannot be read now. */
        void unavailable();
    }

    /** What became of a mark. */
    enum Marked {
        DONE,
        /** There is no such notification yet. */
        AHEAD,
        UNAVAILABLE
    }

    /**
     * The log of a user. A user id has up to 128 code points, which may be 256 UTF-16 units, a room's id up to 128 units: a longer one is named by its SHA-256, and
     * so is one that looks like such a name, so that no two users share a log.
     */
    public static RoomKey logOf(String userId) {
        boolean plain = userId.length() <= ID_LENGTH_MAX && !userId.startsWith(HASHED);
        return new RoomKey(USER_KIND, plain ? userId : HASHED + Sha256.base64Url(userId));
    }

    /**
     * Stores a notification and sends it to all of the user's connections; it waits while there are none.
     *
     * @param data its {@code data}, a JSON object in UTF-8; handed over
     * @param sender recorded as who sent it, and the scope of {@code messageId}
     * @param messageId makes it idempotent, or null
     * @param fingerprint tells two payloads under one {@code messageId} apart
     * @param done called on the owner of the user's log
     */
    public void notify(
            String userId,
            byte[] data,
            String sender,
            @Nullable String messageId,
            long fingerprint,
            Consumer<Appended> done) {
        append(userId, new Draft(TYPE, sender, messageId, fingerprint, clock.millis(), data), done);
    }

    /** Stores a broadcast and sends it to every connection; parameters as in {@link #notify}. */
    public void broadcast(
            byte[] data, String sender, @Nullable String messageId, long fingerprint, Consumer<Appended> done) {
        Draft draft = new Draft(TYPE, sender, messageId, fingerprint, clock.millis(), data);
        hub.with(
                BROADCASTS,
                room -> room.append(draft, Feed.ANY, null, null, appended -> {
                    if (appended instanceof Appended.Stored stored && !stored.duplicate()) {
                        // Without an offset on the wire: that of a notification counts in its user's log.
                        Push push = Push.signal(TYPE, data, null);
                        onEachLoop(loop -> loop.broadcast(push));
                    }
                    done.accept(appended);
                }));
    }

    /** Finds where a user's unread notifications begin; the answer comes on {@code owner}, behind everything that was sent to that loop before. */
    void locate(String userId, Owner owner, Located answer) {
        atMailbox(
                logOf(userId),
                (boxes, key) -> boxes.with(key, mailbox -> {
                    long after = mailbox.unreadAfter();
                    long newest = mailbox.newest();
                    boolean readable = mailbox.readable();
                    owner.execute(() -> {
                        if (readable) {
                            answer.at(after, newest);
                        } else {
                            answer.unavailable();
                        }
                    });
                }));
    }

    /** Marks everything up to an offset as read, and tells all of the user's connections; going back does nothing. The answer comes on the log's owner. */
    void markRead(String userId, long offset, Consumer<Marked> done) {
        atMailbox(
                logOf(userId),
                (boxes, key) -> boxes.with(key, mailbox -> {
                    if (!mailbox.readable()) {
                        done.accept(Marked.UNAVAILABLE);
                    } else if (offset > mailbox.newest()) {
                        done.accept(Marked.AHEAD);
                    } else if (mailbox.mark(offset)) {
                        byte[] data = new JsonWriter(32)
                                .object()
                                .field("offset", offset)
                                .end()
                                .bytes();
                        append(userId, new Draft(READ_TYPE, userId, null, 0, clock.millis(), data), appended -> {
                            if (!(appended instanceof Appended.Stored)) {
                                boxes.forget(key);
                            }
                            done.accept(appended instanceof Appended.Stored ? Marked.DONE : Marked.UNAVAILABLE);
                        });
                    } else {
                        // A mark as far or further is stored, or on its way: then this one is as good as that.
                        hub.with(
                                key,
                                room -> room.inOrder(() ->
                                        done.accept(offset <= mailbox.read() ? Marked.DONE : Marked.UNAVAILABLE)));
                    }
                }));
    }

    /** Reads entries before an offset, the newest first to be had; the answer comes on the log's owner. */
    void page(String userId, long before, int limit, Consumer<Listing> done) {
        atMailbox(
                logOf(userId),
                (boxes, key) -> boxes.with(key, mailbox -> {
                    ReadRequest request =
                            new ReadRequest(key, null, ReadRequest.Direction.BEFORE, before, limit, PAGE_BYTES_MAX);
                    log.read(request, hub.home(key).owner(), result -> {
                        if (mailbox.readable() && result instanceof LogRead.Complete found) {
                            done.accept(new Listing.Found(found, mailbox.read()));
                        } else {
                            done.accept(new Listing.Unavailable());
                        }
                    });
                }));
    }

    /** How far a mark says that was read; 0 for an entry that is none. */
    static long mark(Entry entry) {
        if (!entry.type().equals(READ_TYPE)) {
            return 0;
        }
        // Written by markRead alone: {"offset":n}.
        long offset = 0;
        for (byte b : entry.data()) {
            if (b >= '0' && b <= '9') {
                offset = offset * 10 + b - '0';
            }
        }
        return offset;
    }

    private void append(String userId, Draft draft, Consumer<Appended> done) {
        RoomKey key = logOf(userId);
        hub.with(
                key,
                room -> room.append(draft, Feed.ANY, null, null, appended -> {
                    if (appended instanceof Appended.Stored stored && !stored.duplicate()) {
                        appended(userId, key, draft, stored);
                    }
                    done.accept(appended);
                }));
    }

    private void appended(String userId, RoomKey key, Draft draft, Appended.Stored stored) {
        long offset = stored.offset();
        boolean replaced = mailboxes
                .get(hub.home(key).index())
                .appended(
                        key,
                        stored.epoch(),
                        new Entry(offset, draft.timeMillis(), draft.type(), draft.sender(), draft.data()));
        Push push = Push.entry(new Origin(key, stored.epoch()), draft.type(), offset, draft.data());
        onEachLoop(loop -> loop.mail(userId, push, replaced));
    }

    private void onEachLoop(Consumer<SessionLoop> task) {
        for (SessionLoop loop : loops) {
            loop.loop().owner().execute(() -> task.accept(loop));
        }
    }

    private interface MailboxStep {
        void run(Mailboxes boxes, RoomKey key);
    }

    private void atMailbox(RoomKey key, MailboxStep step) {
        Loop home = hub.home(key);
        home.owner().execute(() -> step.run(mailboxes.get(home.index()), key));
    }
}
