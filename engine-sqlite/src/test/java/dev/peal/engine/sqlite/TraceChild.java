package dev.peal.engine.sqlite;

import dev.peal.log.Appended;
import dev.peal.log.Draft;
import dev.peal.log.Entry;
import dev.peal.log.Feed;
import dev.peal.log.Follower;
import dev.peal.log.ReadRequest;
import dev.peal.log.RoomKey;
import dev.peal.time.Clock;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * The process whose system calls are recorded: appends until so many are acknowledged, each acknowledgement a write to its standard output, then halts. What is
 * answered {@code Unavailable} it appends again under its message id, after a while, as a client does. Arguments: database, count, {@code synchronous}.
 */
final class TraceChild implements Follower {
    static final List<RoomKey> ROOMS =
            List.of(new RoomKey("chat", "a"), new RoomKey("chat", "b"), new RoomKey("doc", "c"));

    private static final int WINDOW = 6;
    private static final int CHECKPOINT_EVERY = 40;
    private static final long AGAIN_MILLIS = 20;
    private static final String PADDING = "x".repeat(700);

    private final LoopOwner owner = new LoopOwner();
    private final OutputStream out = new FileOutputStream(FileDescriptor.out);
    private final SqliteLog log;
    private final List<Feed> feeds = new ArrayList<>();
    private final int count;
    private int sent;
    private int acknowledged;

    private TraceChild(Connections connections, int count) {
        this.count = count;
        log = new SqliteLog(SqliteConfig.of(connections.file()), Clock.SYSTEM, connections);
    }

    public static void main(String[] args) {
        Connections connections = new Connections(Path.of(args[0])) {
            @Override
            Connection writer() throws SQLException {
                Connection connection = super.writer();
                try (Statement statement = connection.createStatement()) {
                    statement.execute("PRAGMA synchronous=" + args[2]);
                }
                return connection;
            }
        };
        TraceChild child = new TraceChild(connections, Integer.parseInt(args[1]));
        child.owner.execute(child::begin);
    }

    static String text(int number) {
        return "t" + number + " " + PADDING;
    }

    private void begin() {
        for (int room = 0; room < ROOMS.size(); room++) {
            feeds.add(log.follow(ROOMS.get(room), owner, this));
        }
        for (int i = 0; i < WINDOW; i++) {
            append(sent++);
        }
    }

    private void append(int number) {
        int room = number % ROOMS.size();
        byte[] data = text(number).getBytes(StandardCharsets.UTF_8);
        Draft draft = new Draft("message", "ann", "m" + number, number, Clock.SYSTEM.millis(), data);
        feeds.get(room).append(draft, Feed.ANY, answer -> answered(number, room, answer));
    }

    private void answered(int number, int room, Appended answer) {
        if (!(answer instanceof Appended.Stored stored)) {
            owner.schedule(() -> append(number), AGAIN_MILLIS);
            return;
        }
        print("ack " + room + " " + stored.offset() + " " + number + "\n");
        if (++acknowledged == count) {
            Runtime.getRuntime().halt(0);
        }
        if (acknowledged % CHECKPOINT_EVERY == 0) {
            log.checkpointSoon(); // those of its own accord come after megabytes, which would make a long record
        }
        if (acknowledged == count / 2) {
            // From here on another connection is open, so that closing a failed one no longer empties the WAL.
            log.read(new ReadRequest(ROOMS.getFirst(), null, ReadRequest.Direction.AFTER, 0, 1, 1), owner, read -> {});
        }
        append(sent++);
    }

    private void print(String line) {
        try {
            out.write(line.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void opened(String epoch, long oldest, long newest) {}

    @Override
    public void failed() {
        print("failed\n");
        Runtime.getRuntime().halt(1);
    }

    @Override
    public void entry(Entry entry) {}

    @Override
    public void batchEnd() {}
}
