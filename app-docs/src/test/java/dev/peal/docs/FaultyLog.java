package dev.peal.docs;

import dev.peal.log.Appended;
import dev.peal.log.Draft;
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

/** A log that fails where a test says so, and remembers what was read. */
final class FaultyLog implements RoomLog {
    private final RoomLog log;
    private final List<ReadRequest> reads = new ArrayList<>();
    private boolean failReads;
    private int refused;

    FaultyLog(RoomLog log) {
        this.log = log;
    }

    List<ReadRequest> reads() {
        return reads;
    }

    void failReads(boolean on) {
        failReads = on;
    }

    /** The next so many appends are not stored, as where the disk is full. */
    void refuse(int appends) {
        refused = appends;
    }

    @Override
    public Feed follow(RoomKey room, Owner owner, Follower follower) {
        Feed feed = log.follow(room, owner, follower);
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
            log.read(request, owner, done);
        }
    }

    @Override
    public void trim(RoomKey room, long upTo) {
        log.trim(room, upTo);
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
