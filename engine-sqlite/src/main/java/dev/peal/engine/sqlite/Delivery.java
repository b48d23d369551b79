package dev.peal.engine.sqlite;

import dev.peal.log.Following;
import dev.peal.log.LogEvent;
import dev.peal.time.Owner;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All that one commit means to one owner: one task, whatever the number of rooms and entries. Filled by the writer, run by the owner. */
final class Delivery implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);

    final Owner owner;
    private final List<Run> runs = new ArrayList<>();

    Delivery(Owner owner) {
        this.owner = owner;
    }

    private record Run(Following following, List<LogEvent> events) {}

    void add(Following following, List<LogEvent> events) {
        runs.add(new Run(following, events));
    }

    @Override
    public void run() {
        for (Run run : runs) {
            try {
                run.following.deliver(run.events);
                run.following.batchEnd();
            } catch (RuntimeException e) {
                // A bug in one room's follower must not silence the rooms that come after it.
                LOG.error("a follower failed", e);
            }
        }
    }
}
