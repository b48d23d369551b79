package dev.peal.protocol;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The built-in messages that a client sends. Each {@code read} takes the {@code data} of an {@link Parsed.Envelope} and returns null
 * where it breaks the message's schema in the module {@code spec}; unknown fields are ignored.
 */
public sealed interface ClientMessage {
    /** Names a room: 1 to 128 of {@code [a-zA-Z0-9_-]}. */
    int ROOM_ID_LENGTH_MAX = 128;

    int USER_ID_LENGTH_MAX = 128;
    int USER_NAME_LENGTH_MAX = 128;
    int TEXT_LENGTH_MAX = 1_000;
    int TOKEN_LENGTH_MAX = 8_192;
    int SESSION_ID_LENGTH_MAX = 64;
    int PRESENCE_CURSOR_LENGTH_MAX = 256;
    int PRESENCE_LIMIT_MAX = 200;
    int PRESENCE_LIMIT_DEFAULT = 100;
    int HISTORY_LIMIT_MAX = 200;
    int HISTORY_LIMIT_DEFAULT = 50;
    int SEARCH_QUERY_LENGTH_MAX = 200;
    int SEARCH_LIMIT_MAX = 50;
    int SEARCH_LIMIT_DEFAULT = 20;

    /** Whether {@code text} can name a room. */
    static boolean isRoomId(String text) {
        return Text.isName(text, ROOM_ID_LENGTH_MAX);
    }

    /** Whether {@code text} can name a user: 1 to 128 code points, no control character, no half of a surrogate pair. */
    static boolean isUserId(String text) {
        return Text.isLabel(text, USER_ID_LENGTH_MAX);
    }

    /** Whether {@code text} can be the name that others see; the same rule as {@link #isUserId}. */
    static boolean isUserName(String text) {
        return Text.isLabel(text, USER_NAME_LENGTH_MAX);
    }

    /**
     * Says who the caller is, with a token, or in {@code open} mode by {@code userId} alone.
     *
     * @param session whether a session is wanted that outlives the connection by a short time
     * @param sessionId the session to go on with, or null
     */
    record Authenticate(
            @Nullable String token,
            @Nullable String userId,
            @Nullable String userName,
            boolean session,
            @Nullable String sessionId)
            implements ClientMessage {
        public static @Nullable Authenticate read(ObjectNode data) {
            Fields fields = new Fields(data);
            Authenticate message = new Authenticate(
                    fields.optionalText("token", 1, TOKEN_LENGTH_MAX),
                    fields.optionalLabel("userId", USER_ID_LENGTH_MAX),
                    fields.optionalLabel("userName", USER_NAME_LENGTH_MAX),
                    fields.optionalFlag("session"),
                    fields.optionalText("sessionId", 1, SESSION_ID_LENGTH_MAX));
            return fields.valid() ? message : null;
        }

        /** Without the token and the session: this may reach a log. */
        @Override
        public String toString() {
            return "Authenticate[userId=" + userId + ", token " + (token == null ? "absent" : "present") + "]";
        }
    }

    /** Enters a room; with {@code since}, also asks for what came after it. */
    record JoinRoom(String roomId, @Nullable Position since) implements ClientMessage {
        public static @Nullable JoinRoom read(ObjectNode data) {
            Fields fields = new Fields(data);
            JoinRoom message = new JoinRoom(fields.roomId(), fields.optionalPosition("since"));
            return fields.valid() ? message : null;
        }

        /** The {@code data} that reads as this. */
        public ObjectNode data() {
            ObjectNode data = JsonNodeFactory.instance.objectNode().put("roomId", roomId);
            if (since != null) {
                data.putObject("since").put("epoch", since.epoch()).put("offset", since.offset());
            }
            return data;
        }
    }

    /** Leaves a room. */
    record LeaveRoom(String roomId) implements ClientMessage {
        public static @Nullable LeaveRoom read(ObjectNode data) {
            Fields fields = new Fields(data);
            LeaveRoom message = new LeaveRoom(fields.roomId());
            return fields.valid() ? message : null;
        }
    }

    /**
     * Says something to everyone else in the room.
     *
     * @param message 1 to {@value #TEXT_LENGTH_MAX} code points
     * @param userId names a caller that has not authenticated, in {@code open} mode; never overrides the session's
     */
    record Chat(String roomId, String message, @Nullable String userId) implements ClientMessage {
        public static @Nullable Chat read(ObjectNode data) {
            Fields fields = new Fields(data);
            Chat message = new Chat(
                    fields.roomId(),
                    fields.text("message", 1, TEXT_LENGTH_MAX),
                    fields.optionalLabel("userId", USER_ID_LENGTH_MAX));
            return fields.valid() ? message : null;
        }
    }

    /**
     * Says something to everyone in the room, the sender included.
     *
     * @param message 1 to {@value #TEXT_LENGTH_MAX} code points
     * @param userId names a caller that has not authenticated, in {@code open} mode; never overrides the session's
     */
    record Message(String roomId, String message, @Nullable String userId) implements ClientMessage {
        public static @Nullable Message read(ObjectNode data) {
            Fields fields = new Fields(data);
            Message message = new Message(
                    fields.roomId(),
                    fields.text("message", 1, TEXT_LENGTH_MAX),
                    fields.optionalLabel("userId", USER_ID_LENGTH_MAX));
            return fields.valid() ? message : null;
        }
    }

    /**
     * Begins or ends typing.
     *
     * @param userId names a caller that has not authenticated, in {@code open} mode; never overrides the session's
     */
    record Typing(String roomId, @Nullable String userId, boolean typing) implements ClientMessage {
        public static @Nullable Typing read(ObjectNode data) {
            Fields fields = new Fields(data);
            Typing message = new Typing(
                    fields.roomId(), fields.optionalLabel("userId", USER_ID_LENGTH_MAX), fields.flag("typing"));
            return fields.valid() ? message : null;
        }
    }

    /** Asks for a {@code pong}. */
    record Ping() implements ClientMessage {
        public static @Nullable Ping read(ObjectNode data) {
            return new Ping();
        }
    }

    /**
     * Asks who is in a room.
     *
     * @param after the {@code next} of the page before, or null for the first
     * @param limit users on a page, 1 to {@value #PRESENCE_LIMIT_MAX}
     */
    record Presence(String roomId, @Nullable String after, int limit) implements ClientMessage {
        public static @Nullable Presence read(ObjectNode data) {
            Fields fields = new Fields(data);
            Presence message = new Presence(
                    fields.roomId(),
                    fields.optionalText("after", 1, PRESENCE_CURSOR_LENGTH_MAX),
                    fields.optionalLimit(PRESENCE_LIMIT_MAX, PRESENCE_LIMIT_DEFAULT));
            return fields.valid() ? message : null;
        }
    }

    /**
     * Asks for stored entries: the newest, or those before or after an offset, neither included. Both bounds may be given.
     *
     * @param limit entries at most, 1 to {@value #HISTORY_LIMIT_MAX}
     */
    record History(
            String roomId, @Nullable Long before, @Nullable Long after, int limit) implements ClientMessage {
        public static @Nullable History read(ObjectNode data) {
            Fields fields = new Fields(data);
            History message = new History(
                    fields.roomId(),
                    fields.optionalOffset("before"),
                    fields.optionalOffset("after"),
                    fields.optionalLimit(HISTORY_LIMIT_MAX, HISTORY_LIMIT_DEFAULT));
            return fields.valid() ? message : null;
        }
    }

    /**
     * Asks for stored entries by their words, newest first.
     *
     * @param query 1 to {@value #SEARCH_QUERY_LENGTH_MAX} code points
     * @param before the {@code next} of the page before, or null for the first
     * @param limit results at most, 1 to {@value #SEARCH_LIMIT_MAX}
     */
    record Search(String roomId, String query, @Nullable Long before, int limit) implements ClientMessage {
        public static @Nullable Search read(ObjectNode data) {
            Fields fields = new Fields(data);
            Search message = new Search(
                    fields.roomId(),
                    fields.text("query", 1, SEARCH_QUERY_LENGTH_MAX),
                    fields.optionalOffset("before"),
                    fields.optionalLimit(SEARCH_LIMIT_MAX, SEARCH_LIMIT_DEFAULT));
            return fields.valid() ? message : null;
        }
    }

    /** Marks the user's notifications up to an offset as read. */
    record Read(long offset) implements ClientMessage {
        public static @Nullable Read read(ObjectNode data) {
            Fields fields = new Fields(data);
            Read message = new Read(fields.offset("offset"));
            return fields.valid() ? message : null;
        }
    }

    /**
     * Asks for the user's stored notifications: the newest, or those before an offset, it not included.
     *
     * @param limit entries looked at, 1 to {@value #HISTORY_LIMIT_MAX}
     */
    record Notifications(@Nullable Long before, int limit) implements ClientMessage {
        public static @Nullable Notifications read(ObjectNode data) {
            Fields fields = new Fields(data);
            Notifications message = new Notifications(
                    fields.optionalOffset("before"), fields.optionalLimit(HISTORY_LIMIT_MAX, HISTORY_LIMIT_DEFAULT));
            return fields.valid() ? message : null;
        }
    }
}
