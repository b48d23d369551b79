package dev.peal.engine.sqlite;

import dev.peal.log.Appended;
import dev.peal.log.Draft;
import dev.peal.log.Feed;
import dev.peal.log.Follower;
import dev.peal.log.Following;
import dev.peal.log.RoomKey;
import dev.peal.time.Owner;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One follower of a room. {@code room} belongs to the writer thread; all else to the owner. */
final class SqliteFeed implements Feed {
    final RoomKey key;
    final Following following;

    /** Null until the writer opened the room, and where it could not. */
    @Nullable
    RoomState room;

    private final Writer writer;

    SqliteFeed(Writer writer, RoomKey key, Owner owner, Follower follower) {
        this.writer = writer;
        this.key = key;
        this.following = new Following(owner, follower);
    }

    @Override
    public void append(Draft draft, long expected, Consumer<Appended> done) {
        if (following.closed() || !writer.offer(new Command.Append(this, draft, expected, done))) {
            refuse(done);
        }
    }

    void refuse(Consumer<Appended> done) {
        following.owner().execute(() -> done.accept(new Appended.Unavailable()));
    }

    @Override
    public void close() {
        if (!following.closed()) {
            following.close();
            writer.submit(new Command.Close(this));
        }
    }
}
