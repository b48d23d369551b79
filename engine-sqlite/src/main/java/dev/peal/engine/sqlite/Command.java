package dev.peal.engine.sqlite;

import dev.peal.log.Appended;
import dev.peal.log.Draft;
import java.util.function.Consumer;

/** What the writer is asked to do. */
sealed interface Command {
    /** Open the feed's room for it. */
    record Open(SqliteFeed feed) implements Command {}

    /** Append to the feed's room. */
    record Append(SqliteFeed feed, Draft draft, long expected, Consumer<Appended> done) implements Command {}

    /** Forget the feed. */
    record Close(SqliteFeed feed) implements Command {}

    /** Do this between two commits. */
    record Task(SqlTask work) implements Command {}

    /** Work on the writer's connection; outside any transaction when it begins and when it ends. */
    interface SqlTask {
        void run(Database database) throws java.sql.SQLException;
    }
}
