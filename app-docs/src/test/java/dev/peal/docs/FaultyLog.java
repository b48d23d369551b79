package dev.peal.docs;

import dev.peal.log.Appended;
import dev.peal.log.Draft;
import dev.peal.log.Entry;
import dev.peal.log.Feed;
import dev.peal.log.Follower;
import dev.peal.log.LogRead;
import dev.peal.log.ReadRequest;
import dev.peal.log.RoomKey;
import dev.peal.log.RoomLog;
import dev.peal.time.Owner;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A log that fails where a test says so, and remembers what was read. */
final class FaultyLog implements RoomLog {
    private final RoomLog log;
    private final List<ReadRequest> reads = new ArrayList<>();
    private boolean failReads;
    private boolean keepAll;
    private int refused;
    private @Nullable String otherEpoch;

    FaultyLog(RoomLog log) {
        this.log = log;
    }

    List<ReadRequest> reads() {
        return reads;
    }

    void failReads(boolean on) {
        failReads = on;
    }

    /** Nothing is given up, as where the process ends before. */
    void keepAll(boolean on) {
        keepAll = on;
    }

    /** The next so many appends are not stored, as where the disk is full. */
    void refuse(int appends) {
        refused = appends;
    }

    /** The entries are the same, and their history has another name: as after a backup was restored. */
    void restored(String epoch) {
        otherEpoch = epoch;
    }

    private String named(String epoch) {
        return otherEpoch == null ? epoch : otherEpoch;
    }

    private Follower renaming(Follower follower) {
        return new Follower() {
            @Override
            public void opened(String epoch, long oldest, long newest) {
                follower.opened(named(epoch), oldest, newest);
            }

            @Override
            public void failed() {
                follower.failed();
            }

            @Override
            public void entry(Entry entry) {
                follower.entry(entry);
            }

            @Override
            public void batchEnd() {
                follower.batchEnd();
            }
        };
    }

    @Override
    public Feed follow(RoomKey room, Owner owner, Follower follower) {
        Feed feed = log.follow(room, owner, renaming(follower));
        return new Feed() {
            @Override
            public void append(Draft draft, long expected, Consumer<Appended> done) {
                if (refused > 0) {
                    refused--;
                    owner.execute(() -> done.accept(new Appended.Unavailable()));
                } else {
                    feed.append(draft, expected, done);
                }
            }

            @Override
            public void close() {
                feed.close();
            }
        };
    }

    @Override
    public void read(ReadRequest request, Owner owner, Consumer<LogRead> done) {
        reads.add(request);
        if (failReads) {
            owner.execute(() -> done.accept(new LogRead.Failed()));
        } else {
            ReadRequest any = new ReadRequest(
                    request.room(),
                    null,
                    request.direction(),
                    request.from(),
                    request.entriesMax(),
                    request.bytesMax());
            log.read(otherEpoch == null ? request : any, owner, read -> done.accept(renamed(read)));
        }
    }

    private LogRead renamed(LogRead read) {
        return switch (read) {
            case LogRead.Complete page ->
                new LogRead.Complete(named(page.epoch()), page.oldest(), page.newest(), page.entries());
            case LogRead.Truncated cut -> new LogRead.Truncated(named(cut.epoch()), cut.oldest(), cut.newest());
            case LogRead.OtherEpoch other -> other;
            case LogRead.Failed failed -> failed;
        };
    }

    @Override
    public void trim(RoomKey room, long upTo) {
        if (!keepAll) {
            log.trim(room, upTo);
        }
    }

    @Override
    public boolean writable() {
        return log.writable();
    }

    @Override
    public void close() {
        log.close();
    }
}
