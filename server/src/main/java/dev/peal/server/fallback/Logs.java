package dev.peal.server.fallback;

import dev.peal.chat.ChatApp;
import dev.peal.log.RoomKey;
import dev.peal.session.Notifications;

/** What the logs are called in positions. Pure. */
final class Logs {
    /** The caller's own notifications. */
    static final String NOTIFICATIONS = "notifications";

    /** What everybody was told. */
    static final String BROADCASTS = "broadcasts";

    private Logs() {}

    static RoomKey room(String id) {
        return new RoomKey(ChatApp.KIND, id);
    }

    static String name(RoomKey log) {
        if (log.equals(Notifications.BROADCASTS)) {
            return BROADCASTS;
        }
        return log.kind().equals(Notifications.USER_KIND) ? NOTIFICATIONS : log.id();
    }
}
