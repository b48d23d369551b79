package dev.peal.session;

import dev.peal.log.RoomKey;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One open connection, for people who look.
 *
 * @param id its number, from 1, in the order in which they were opened
 * @param userId null while anonymous
 * @param userName null where none is known
 * @param openedMillis wall-clock time at which it was opened, good to a quarter of a second
 * @param heardMillis wall-clock time at which something last came from it, as good
 * @param waitingBytes bytes written and not yet taken by its socket
 */
public record ConnectionInfo(
        long id,
        @Nullable String userId,
        @Nullable String userName,
        String address,
        String transport,
        String path,
        long openedMillis,
        long heardMillis,
        long waitingBytes,
        List<RoomKey> rooms) {
    /** The order of pages. */
    static final Comparator<ConnectionInfo> BY_ID = Comparator.comparingLong(ConnectionInfo::id);

    public ConnectionInfo {
        rooms = List.copyOf(rooms);
    }
}
