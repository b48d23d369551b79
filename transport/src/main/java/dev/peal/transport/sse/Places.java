package dev.peal.transport.sse;

import dev.peal.hub.EncodedBatch;
import dev.peal.hub.Origin;
import dev.peal.log.RoomKey;
import dev.peal.protocol.Position;
import dev.peal.session.Notifications;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How far a stream has come in each of its rooms: what its client sends as {@code Last-Event-ID} to go on behind it. Owned by the stream's loop.
 *
 * <p>Entries that carry ids of their own need none said for them; what does not is said once for the whole run.
 */
final class Places {
    private static final class Place {
        private String epoch;
        private long offset;

        Place(String epoch, long offset) {
            this.epoch = epoch;
            this.offset = offset;
        }
    }

    private final boolean rooms;
    private final boolean entriesSay;
    private final Map<RoomKey, Place> places = new LinkedHashMap<>();
    private boolean unsaid;

    /**
     * @param rooms whether a place is named by its room, as where there may be several
     * @param entriesSay whether each stored entry carries its own id
     */
    Places(boolean rooms, boolean entriesSay) {
        this.rooms = rooms;
        this.entriesSay = entriesSay;
    }

    void begin(RoomKey room, Position from) {
        set(room, from.epoch(), from.offset());
        unsaid = true;
    }

    void end(RoomKey room) {
        unsaid |= places.remove(room) != null && rooms && !places.isEmpty();
    }

    /** These were written. */
    void advance(EncodedBatch batch, int from, int to) {
        Origin origin = batch.origin();
        if (origin == null || rooms && Notifications.isKind(origin.room().kind())) {
            return;
        }
        for (int i = to - 1; i >= from; i--) {
            if (batch.offset(i) > 0) {
                set(origin.room(), origin.epoch(), batch.offset(i));
                unsaid |= !entriesSay;
                return;
            }
        }
    }

    private void set(RoomKey room, String epoch, long offset) {
        Place place = places.get(room);
        if (place == null) {
            places.put(room, new Place(epoch, offset));
        } else {
            place.epoch = epoch;
            place.offset = offset;
        }
    }

    /** Whether something has come since the last id was written. */
    boolean unsaid() {
        return unsaid;
    }

    /** The id of this moment. */
    String say() {
        unsaid = false;
        StringBuilder id = new StringBuilder();
        places.forEach((room, place) -> {
            if (!id.isEmpty()) {
                id.append(',');
            }
            if (rooms) {
                id.append(room.id()).append('@');
            }
            id.append(place.epoch).append(':').append(place.offset);
        });
        return id.toString();
    }
}
