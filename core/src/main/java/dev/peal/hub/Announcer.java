package dev.peal.hub;

import dev.peal.protocol.JsonWriter;
import dev.peal.time.Owner;
import org.jspecify.annotations.Nullable;

/**
 * Tells a room's members who came and went; in a large room only how many there are, so that a flood of joins does not become a flood squared.
 *
 * <p>Owned by the room's owner.
 */
final class Announcer {
    private final Room room;
    private final HubConfig config;
    private Owner.@Nullable Timer counting;

    Announcer(Room room, HubConfig config) {
        this.room = room;
        this.config = config;
    }

    void joined(Who who, @Nullable Subscriber self) {
        announce("user_joined", who, self);
    }

    void left(Who who, @Nullable Subscriber self) {
        announce("user_left", who, self);
    }

    void stop() {
        if (counting != null) {
            counting.cancel();
            counting = null;
        }
    }

    private void announce(String type, Who who, @Nullable Subscriber self) {
        if (!room.kind().announcesPeople()) {
            return;
        }
        if (room.users() > config.announcedUsersMax()) {
            countLater();
            return;
        }
        byte[] data = new JsonWriter(256)
                .object()
                .field("userId", who.userId())
                .field("userName", who.userName())
                .field(room.kind().idField(), room.key().id())
                .end()
                .bytes();
        room.reach().push(Push.signal(type, data, self));
    }

    private void countLater() {
        if (counting == null) {
            counting = room.loop().owner().schedule(this::count, config.countEveryMillis());
        }
    }

    private void count() {
        counting = null;
        byte[] data = new JsonWriter(192)
                .object()
                .field(room.kind().idField(), room.key().id())
                .field("total", room.users())
                .end()
                .bytes();
        room.signal(Push.signal("presence_count", data, null));
    }
}
