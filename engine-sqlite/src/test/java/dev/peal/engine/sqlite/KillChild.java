package dev.peal.engine.sqlite;

import dev.peal.log.Appended;
import dev.peal.log.Draft;
import dev.peal.log.Entry;
import dev.peal.log.Feed;
import dev.peal.log.Follower;
import dev.peal.log.RoomKey;
import dev.peal.time.Clock;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The process that {@link KillTest} kills: appends without end, and prints what is acknowledged, flushed once per run of answers. */
final class KillChild implements Follower {
    static final List<RoomKey> ROOMS =
            List.of(new RoomKey("chat", "a"), new RoomKey("chat", "b"), new RoomKey("doc", "c"));

    private static final int WINDOW = 200;

    private final LoopOwner owner = new LoopOwner();
    private final OutputStream out = new BufferedOutputStream(System.out, 1 << 16);
    private final List<Feed> feeds = new ArrayList<>();
    private final String name;
    private int sent;

    private KillChild(String name) {
        this.name = name;
    }

    public static void main(String[] args) {
        KillChild child = new KillChild(args[1]);
        SqliteLog log = new SqliteLog(SqliteConfig.of(Path.of(args[0])), Clock.SYSTEM);
        for (RoomKey room : ROOMS) {
            child.feeds.add(log.follow(room, child.owner, child));
        }
        child.owner.execute(() -> {
            for (int i = 0; i < WINDOW; i++) {
                child.append();
            }
        });
    }

    private void append() {
        int number = sent++;
        int room = number % ROOMS.size();
        String text = name + "-" + number;
        String messageId = number % 2 == 0 ? text : null;
        byte[] data = text.getBytes(StandardCharsets.UTF_8);
        Draft draft = new Draft("message", "ann", messageId, number, Clock.SYSTEM.millis(), data);
        feeds.get(room).append(draft, Feed.ANY, answer -> {
            print(ROOMS.get(room).id() + " " + ((Appended.Stored) answer).offset() + " " + text + " .\n");
            append();
        });
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
        throw new IllegalStateException("failed");
    }

    @Override
    public void entry(Entry entry) {}

    @Override
    public void batchEnd() {
        try {
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
