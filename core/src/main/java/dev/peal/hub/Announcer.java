package dev.peal.hub;

import dev.peal.protocol.JsonWriter;
import dev.peal.time.Owner;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells a room's members who came and went; in a large room only how many there are, so that a flood of joins does not become a flood squared. Where the loop has
 * too much of it ({@link Announcements}) the news gathers for a while, and goes in one write with whatever is pushed next, before that: nobody speaks who has not
 * been announced.
 *
 * <p>Owned by the room's owner.
 */
final class Announcer {
    private static final int GATHERED_MAX = 1_000;

    private final Room room;
    private final HubConfig config;
    private final List<Push> gathered = new ArrayList<>(0);
    private Owner.@Nullable Timer counting;
    private Owner.@Nullable Timer telling;

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

    /** Tells what has gathered: something else is about to be pushed. */
    void tell() {
        if (gathered.isEmpty()) {
            return;
        }
        gathered.forEach(room.reach()::push);
        gathered.clear();
        telling = cancelled(telling);
    }

    void stop() {
        gathered.clear();
        telling = cancelled(telling);
        counting = cancelled(counting);
    }

    private static Owner.@Nullable Timer cancelled(Owner.@Nullable Timer timer) {
        if (timer != null) {
            timer.cancel();
        }
        return null;
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
        gathered.add(Push.signal(type, data, self));
        if (gathered.size() == 1 && room.loop().announcements().admits(room.members())
                || gathered.size() == GATHERED_MAX) {
            tell();
        } else if (telling == null) {
            telling = room.loop().owner().schedule(this::tell, config.countEveryMillis());
        }
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
