package dev.peal.engine.sqlite;

import dev.peal.log.Appended;
import dev.peal.log.Draft;
import dev.peal.log.Feed;
import dev.peal.log.Follower;
import dev.peal.log.Following;
import dev.peal.log.RoomKey;
import dev.peal.log.Unstored;
import dev.peal.time.Owner;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One follower of a room. {@code room} and {@code unstored} belong to the writer thread; all else to the owner. */
final class SqliteFeed implements Feed {
    final RoomKey key;
    final Following following;

    /** Null until the writer opened the room, and where it could not. */
    @Nullable
    RoomState room;

    final Unstored unstored = new Unstored();

    private final Writer writer;
    private long asked;

    SqliteFeed(Writer writer, RoomKey key, Owner owner, Follower follower) {
        this.writer = writer;
        this.key = key;
        this.following = new Following(owner, follower);
    }

    @Override
    public void append(Draft draft, long expected, Consumer<Appended> done) {
        boolean onNothing = expected != ANY && following.refusing();
        if (following.closed() || onNothing) {
            following.refuse(done);
            return;
        }
        boolean counts = following.counts(expected);
        if (writer.offer(new Command.Append(this, draft, expected, asked, following.answered(), counts, done))) {
            asked++;
        } else {
            following.refuse(done);
        }
    }

    /** Answers an append to a room that the log has lost: any thread. */
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
