package dev.peal.app;

import dev.peal.hub.Hub;
import dev.peal.hub.Push;
import dev.peal.hub.Room;
import dev.peal.log.Appended;
import dev.peal.log.Draft;
import dev.peal.log.Feed;
import dev.peal.log.LogRead;
import dev.peal.log.ReadRequest;
import dev.peal.log.RoomKey;
import dev.peal.log.RoomLog;
import dev.peal.store.Store;
import dev.peal.time.Clock;
import dev.peal.time.Owner;
import java.util.function.Consumer;

/** The application's means, on the hub and the log. Thread-safe. */
public final class HubContext implements AppContext {
    private final Hub hub;
    private final RoomLog log;
    private final Store store;
    private final Clock clock;

    /** @param store the application's own */
    public HubContext(Hub hub, RoomLog log, Store store, Clock clock) {
        this.hub = hub;
        this.log = log;
        this.store = store;
        this.clock = clock;
    }

    @Override
    public void publish(RoomKey room, String type, byte[] data, String sender, Consumer<Appended> done) {
        Draft draft = new Draft(type, sender, null, 0, clock.millis(), data);
        hub.with(room, open -> open.append(draft, Feed.ANY, null, null, done));
    }

    @Override
    public void signal(RoomKey room, String type, byte[] data) {
        hub.with(room, open -> open.signal(Push.signal(type, data, null)));
    }

    @Override
    public void review(RoomKey room) {
        hub.with(room, Room::review);
    }

    @Override
    public void read(ReadRequest request, Owner owner, Consumer<LogRead> done) {
        log.read(request, owner, done);
    }

    @Override
    public void trim(RoomKey room, long upTo) {
        log.trim(room, upTo);
    }

    @Override
    public Store store() {
        return store;
    }

    @Override
    public Owner owner(RoomKey room) {
        return hub.home(room).owner();
    }

    @Override
    public Clock clock() {
        return clock;
    }
}
