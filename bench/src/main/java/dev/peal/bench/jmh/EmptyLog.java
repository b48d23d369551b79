package dev.peal.bench.jmh;

import dev.peal.log.Appended;
import dev.peal.log.Draft;
import dev.peal.log.Feed;
import dev.peal.log.Follower;
import dev.peal.log.LogRead;
import dev.peal.log.ReadRequest;
import dev.peal.log.RoomKey;
import dev.peal.log.RoomLog;
import dev.peal.time.Owner;
import java.util.List;
import java.util.function.Consumer;

/** A log that holds nothing, so that the fan-out alone is measured. */
final class EmptyLog implements RoomLog {
    static final String EPOCH = "bench";

    @Override
    public Feed follow(RoomKey room, Owner owner, Follower follower) {
        owner.execute(() -> follower.opened(EPOCH, 1, 0));
        return new Feed() {
            @Override
            public void append(Draft draft, long expected, Consumer<Appended> done) {
                throw new IllegalStateException("the fan-out benchmark appends nothing");
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public void read(ReadRequest request, Owner owner, Consumer<LogRead> done) {
        owner.execute(() -> done.accept(new LogRead.Complete(EPOCH, 1, 0, List.of())));
    }

    @Override
    public boolean writable() {
        return true;
    }

    @Override
    public void close() {}
}
