package dev.peal.app;

import dev.peal.log.Appended;
import dev.peal.log.LogRead;
import dev.peal.log.ReadRequest;
import dev.peal.log.RoomKey;
import dev.peal.store.Store;
import dev.peal.time.Clock;
import dev.peal.time.Owner;
import java.util.function.Consumer;

/** What an application may do by itself. Thread-safe. */
public interface AppContext {
    /**
     * Stores an entry in a room and sends it to the members.
     *
     * @param sender recorded as who sent it, such as the application's name
     * @param done called on the room's owner
     */
    void publish(RoomKey room, String type, byte[] data, String sender, Consumer<Appended> done);

    /** Sends something to a room's members that is not stored. */
    void signal(RoomKey room, String type, byte[] data);

    /** Asks {@link App#mayStay} for each member of a room; who may not is out of it, and is told. */
    void review(RoomKey room);

    /** Reads a part of a room's log; the answer comes on {@code owner}. */
    void read(ReadRequest request, Owner owner, Consumer<LogRead> done);

    /** Gives up entries of a room's log: see {@link dev.peal.log.RoomLog#trim}. */
    void trim(RoomKey room, long upTo);

    /** The application's own tables: no other application's are in it. */
    Store store();

    /** The thread that owns a room. */
    Owner owner(RoomKey room);

    Clock clock();
}
