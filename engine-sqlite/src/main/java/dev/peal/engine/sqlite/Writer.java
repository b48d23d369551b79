package dev.peal.engine.sqlite;

import dev.peal.log.Appended;
import dev.peal.log.Draft;
import dev.peal.log.Entry;
import dev.peal.log.LogEvent;
import dev.peal.log.Retention;
import dev.peal.log.RoomKey;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that writes. It takes all that waits, commits it as one transaction, tells the owners, and looks again: under load transactions grow by
 * themselves, and when idle one append is committed at once.
 *
 * <p>After a failure nothing is acknowledged until {@link Healer} has proved the store sound on a new connection.
 */
final class Writer implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Writer.class);

    private final CommandQueue queue;
    private final Healer healer;
    private final Function<String, Retention> retention;
    private final int commitBytesMax;
    private final CommitListener listener;
    private final EntryCodec codec = new EntryCodec();
    private final Map<RoomKey, RoomState> rooms = new HashMap<>();
    private final List<RoomState> touched = new ArrayList<>();
    private final StoreWrites storeWrites = new StoreWrites();
    private final List<SqliteFeed> closing = new ArrayList<>();
    private final List<Delivery> deliveries = new ArrayList<>();
    private @Nullable Database database;
    private volatile boolean writable = true;

    Writer(SqliteConfig config, CommandQueue queue, Healer healer, Database database, CommitListener listener) {
        this.queue = queue;
        this.healer = healer;
        this.database = database;
        this.retention = config.retention();
        this.commitBytesMax = config.limits().commitBytesMax();
        this.listener = listener;
    }

    /** Hears of each commit, on the writer thread. */
    interface CommitListener {
        void committed(Collection<RoomState> rooms, long bytes);
    }

    boolean offer(Command.Append append) {
        return queue.offer(append);
    }

    boolean submit(Command command) {
        return queue.submit(command);
    }

    boolean writable() {
        return writable;
    }

    /** The open room of that name, or null. Writer thread only. */
    @Nullable
    RoomState room(RoomKey key) {
        return rooms.get(key);
    }

    @Override
    public void run() {
        try {
            while (true) {
                List<Command> commands = queue.take(database == null ? Healer.EVERY_MILLIS : 0);
                if (commands.isEmpty() && queue.closed()) {
                    break;
                }
                process(commands);
                commands.clear();
                if (database == null && healer.due()) {
                    heal();
                }
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts the writer", e);
        } finally {
            writable = false;
            // Whatever ended this thread, an Error too: who appends from now on is told, and does not wait for ever.
            queue.close();
            finish();
        }
    }

    private void process(List<Command> commands) {
        openAll(commands);
        int next = 0;
        while (next < commands.size()) {
            next = processSome(commands, next);
        }
    }

    /**
     * Opens first, outside any transaction: what this run appends is not committed yet, so each new follower gets it as entries, whatever the order of
     * the commands was.
     */
    private void openAll(List<Command> commands) {
        boolean read = false;
        for (Command command : commands) {
            if (command instanceof Command.Open open) {
                read |= open(open.feed());
            }
        }
        if (read && database != null) {
            try {
                database.release();
            } catch (SQLException | RuntimeException e) {
                broke(e);
            }
        }
    }

    private boolean open(SqliteFeed feed) {
        RoomState room = rooms.get(feed.key);
        boolean known = room != null;
        try {
            if (room == null) {
                Database from = database;
                RoomRow row = from == null ? healer.room(feed.key) : from.room(feed.key);
                room = new RoomState(feed.key, retention.apply(feed.key.kind()), row);
                rooms.put(feed.key, room);
            }
        } catch (SQLException | RuntimeException e) {
            if (Damage.is(e)) {
                // This room's own misfortune: all others go on.
                LOG.error("the room {} cannot be opened", feed.key, e);
            } else if (database != null) {
                broke(e);
            }
            feed.following.owner().execute(feed.following::failed);
            return true;
        }
        feed.room = room;
        room.feeds.add(feed);
        String epoch = room.row().epoch();
        long oldest = room.row().trimmed() + 1;
        long newest = room.row().newest();
        feed.following.owner().execute(() -> {
            feed.following.opened(epoch, oldest, newest);
            feed.following.batchEnd();
        });
        return !known;
    }

    /** One transaction's worth; answers the index of the first command that is not done. */
    private int processSome(List<Command> commands, int from) {
        int next = from;
        long bytes = 0;
        Command.@Nullable Task task = null;
        while (next < commands.size() && bytes < commitBytesMax && task == null) {
            switch (commands.get(next++)) {
                case Command.Append append -> bytes += append(append);
                case Command.Write write -> bytes += write(write);
                case Command.Close close -> closing.add(close.feed());
                case Command.Task found -> task = found;
                case Command.Open open -> {}
            }
        }
        commit(bytes);
        for (SqliteFeed feed : closing) {
            close(feed);
        }
        closing.clear();
        if (task != null) {
            run(task);
        }
        return next;
    }

    /** Answers the bytes of data that it added to the transaction. */
    private int append(Command.Append append) {
        RoomState room = append.feed().room;
        Database to = database;
        if (room == null) {
            append.feed().refuse(append.done());
            return 0;
        }
        LogEvent event = null;
        if (to != null) {
            try {
                event = append(append, room, to);
            } catch (SQLException | RuntimeException e) {
                broke(e);
            }
        }
        if (append.counts() && (event == null || event.entry() == null)) {
            append.feed().unstored.add(append.number(), append.expected());
        }
        boolean first = room.add(event != null ? event : answer(append, new Appended.Unavailable()));
        if (first) {
            touched.add(room);
        }
        return event != null && event.entry() != null ? append.draft().data().length : 0;
    }

    /** Answers the bytes that it added to the transaction. */
    private int write(Command.Write write) {
        Database to = database;
        if (to == null) {
            StoreWrites.refuse(write);
            return 0;
        }
        try {
            storeWrites.write(write, to);
            return write.bytes();
        } catch (SQLException | RuntimeException e) {
            broke(e);
            StoreWrites.refuse(write);
            return 0;
        }
    }

    private LogEvent append(Command.Append append, RoomState room, Database to) throws SQLException {
        Draft draft = append.draft();
        boolean expected = append.fits(room.tail());
        String messageId = draft.messageId();
        if (expected && room.row().no() == 0) {
            room.number(to.addRoom(room.key, room.row().epoch()));
        }
        long id = RowIds.of(room.row().no(), room.tail() + 1);
        if (messageId != null) {
            byte[] key = MessageKeys.of(room.row().no(), draft.sender(), messageId);
            if (!expected || !to.addMessageId(key, id, draft.fingerprint())) {
                Database.Known known = to.findMessageId(key);
                if (known != null) {
                    return answer(append, repeated(room, draft, known));
                }
            }
        }
        if (!expected) {
            return answer(append, new Appended.Conflict(room.tail()));
        }
        long written = room.extend(draft.data().length);
        to.addEntry(id, codec.encode(id, draft, written));
        long offset = room.tail();
        Entry entry = new Entry(offset, draft.timeMillis(), draft.type(), draft.sender(), draft.data());
        Appended stored = new Appended.Stored(room.row().epoch(), offset, false);
        return new LogEvent(entry, append.feed().following, append.done(), stored);
    }

    private static Appended repeated(RoomState room, Draft draft, Database.Known known) {
        return known.fingerprint() == draft.fingerprint()
                ? new Appended.Stored(room.row().epoch(), known.offset(), true)
                : new Appended.MessageIdReused();
    }

    private static LogEvent answer(Command.Append append, Appended answer) {
        return new LogEvent(null, append.feed().following, append.done(), answer);
    }

    private void commit(long bytes) {
        if (touched.isEmpty() && storeWrites.isEmpty()) {
            return;
        }
        if (database != null) {
            try {
                for (RoomState room : touched) {
                    if (room.tail() > room.row().newest()) {
                        database.setRoom(room.key, room.next());
                    }
                }
                database.commit();
                listener.committed(touched, bytes);
            } catch (SQLException | RuntimeException e) {
                broke(e);
            }
        }
        boolean durable = database != null;
        if (durable) {
            storeWrites.committed();
        } else {
            storeWrites.failed();
        }
        for (RoomState room : touched) {
            deliver(room, durable ? room.committed() : unavailable(room.failed()));
        }
        touched.clear();
        flush();
    }

    /** Also answers that needed no commit: they were decided on a tail that is lost. */
    private static List<LogEvent> unavailable(List<LogEvent> events) {
        List<LogEvent> answers = new ArrayList<>(events.size());
        for (LogEvent event : events) {
            answers.add(new LogEvent(null, event.by(), event.done(), new Appended.Unavailable()));
        }
        return answers;
    }

    private void deliver(RoomState room, List<LogEvent> events) {
        for (SqliteFeed feed : room.feeds) {
            deliveryTo(feed).add(feed.following, events);
        }
    }

    /** There are as many owners as event loops: a scan of a short list. */
    private Delivery deliveryTo(SqliteFeed feed) {
        for (Delivery delivery : deliveries) {
            if (delivery.owner == feed.following.owner()) {
                return delivery;
            }
        }
        Delivery delivery = new Delivery(feed.following.owner());
        deliveries.add(delivery);
        return delivery;
    }

    private void flush() {
        for (Delivery delivery : deliveries) {
            delivery.owner.execute(delivery);
        }
        deliveries.clear();
    }

    private void close(SqliteFeed feed) {
        RoomState room = feed.room;
        if (room != null && room.feeds.remove(feed) && room.feeds.isEmpty()) {
            rooms.remove(room.key);
        }
    }

    private void run(Command.Task task) {
        Database on = database;
        if (on == null) {
            return;
        }
        try {
            task.work().run(on);
        } catch (SQLException | RuntimeException e) {
            broke(e);
        }
    }

    /**
     * From here on nothing is acknowledged until the healer says so. A {@link RuntimeException} comes here too: what a damaged database makes of the driver
     * or of us must not end the one thread that answers.
     */
    private void broke(Exception e) {
        writable = false;
        healer.broke();
        if (Damage.is(e)) {
            LOG.error("the log is damaged: nothing is acknowledged until it is restored from a backup", e);
            healer.giveUp();
        } else {
            LOG.warn("the log cannot write: nothing is acknowledged until it can", e);
        }
        Database failed = database;
        database = null;
        healer.letGo(failed, e);
    }

    private void heal() {
        Database healed = healer.heal(rooms.values(), codec);
        if (healed == null) {
            return;
        }
        database = healed;
        for (Healer.Found found : healer.found()) {
            deliver(found.room(), found.events());
        }
        for (RoomState lost : healer.lost()) {
            fail(lost);
        }
        flush();
        writable = true;
        LOG.info("the log writes again");
    }

    /** The room's history is not the one that its followers know: they have to open it again. */
    private void fail(RoomState room) {
        for (SqliteFeed feed : room.feeds) {
            feed.room = null;
            feed.following.owner().execute(feed.following::failed);
        }
        rooms.remove(room.key);
    }

    private void finish() {
        Database last = database;
        database = null;
        if (last != null) {
            try {
                last.finish();
            } catch (SQLException e) {
                LOG.warn("the log did not end in order; the next start looks at it", e);
            }
        }
    }
}
