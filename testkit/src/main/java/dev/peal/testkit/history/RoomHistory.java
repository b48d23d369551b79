package dev.peal.testkit.history;

import java.util.List;

/**
 * Everything about one room.
 *
 * @param epoch the room's epoch at the end
 * @param log what the room holds at the end, from its oldest entry to its newest
 */
public record RoomHistory(String room, List<ClientHistory> clients, String epoch, List<Seen.Entry> log) {
    public RoomHistory {
        clients = List.copyOf(clients);
        log = List.copyOf(log);
    }

    /** The oldest offset that is held; 1 where nothing is. */
    long oldest() {
        return log.isEmpty() ? 1 : log.getFirst().offset();
    }
}
