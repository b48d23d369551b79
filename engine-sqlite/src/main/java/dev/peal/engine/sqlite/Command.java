package dev.peal.engine.sqlite;

import dev.peal.log.Appended;
import dev.peal.log.Draft;
import dev.peal.log.Feed;
import dev.peal.store.StoreKey;
import dev.peal.store.StoreWrite;
import dev.peal.time.Owner;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What the writer is asked to do. */
sealed interface Command {
    /** Open the feed's room for it. */
    record Open(SqliteFeed feed) implements Command {}

    /**
     * Append to the feed's room.
     *
     * @param number of the feed's appends, from 0
     * @param answered how many of these its owner knew the answers to
     * @param counts whether later ones may count on it
     */
    record Append(
            SqliteFeed feed,
            Draft draft,
            long expected,
            long number,
            long answered,
            boolean counts,
            Consumer<Appended> done)
            implements Command {
        /** Whether the room is as expected. Writer thread. */
        boolean fits(long newest) {
            return expected == Feed.ANY || expected == newest && !feed.unstored.under(expected, answered);
        }
    }

    /** Write to the store; a value of null deletes. */
    record Write(StoreKey key, byte @Nullable [] value, long expected, Owner owner, Consumer<StoreWrite> done)
            implements Command {
        int bytes() {
            return value == null ? 0 : value.length;
        }
    }

    /** Forget the feed. */
    record Close(SqliteFeed feed) implements Command {}

    /** Do this between two commits. */
    record Task(SqlTask work) implements Command {}

    /** Work on the writer's connection; outside any transaction when it begins and when it ends. */
    interface SqlTask {
        void run(Database database) throws java.sql.SQLException;
    }
}
