package dev.peal.protocol;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Builds what a server sends, as whole frames in UTF-8 JSON. An {@code id} of null leaves the field out: nobody asked.
 *
 * <p>A push is kept as its {@code data} alone, built by the methods {@code …Data}; {@link #push} puts the frame around it, as often
 * as there are formats, without reading it again. All methods are pure; times are milliseconds since 1970 in UTC.
 */
public final class ServerMessages {
    /** Fixed to milliseconds, as {@code Date.prototype.toISOString} writes it. */
    private static final DateTimeFormatter ISO =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private ServerMessages() {}

    /** One user of a room, with all their connections; {@code userId} is null for a connection without a name. */
    public record Member(@Nullable String userId, @Nullable String userName, int connections) {}

    /** One stored push. */
    public record Entry(String type, long offset, byte[] data) {}

    /** One entry that was found; {@code highlights} are pairs of a first code point of its text and the one behind the last. */
    public record Result(Entry entry, List<int[]> highlights) {
        public Result {
            highlights = List.copyOf(highlights);
        }
    }

    /** {@code userId} is null in {@code open} mode where the caller has not named itself. */
    public static byte[] authenticated(@Nullable RequestId id, @Nullable String userId, @Nullable String userName) {
        return openAuthenticated(id, userId, userName).end().end().bytes();
    }

    /**
     * With a session.
     *
     * @param sessionId 22 characters, secret
     * @param resumed whether it is the one that was asked for
     */
    public static byte[] authenticated(
            @Nullable RequestId id,
            @Nullable String userId,
            @Nullable String userName,
            String sessionId,
            boolean resumed) {
        return openAuthenticated(id, userId, userName)
                .field("sessionId", sessionId)
                .field("resumed", resumed)
                .end()
                .end()
                .bytes();
    }

    /**
     * The caller is in the room.
     *
     * @param idField what the room's kind calls its id, such as {@code roomId}
     * @param newest the position of the newest stored entry at this moment
     */
    public static byte[] joined(
            @Nullable RequestId id,
            String idField,
            String roomId,
            Position newest,
            Durability durability,
            Recovery recovery) {
        JsonWriter out = reply("joined", id)
                .object("data")
                .field(idField, roomId)
                .field("epoch", newest.epoch())
                .field("offset", newest.offset());
        if (recovery instanceof Recovery.Lost lost) {
            out.field("recovered", false).field("reason", lost.reason().wire()).field("oldest", lost.oldest());
        } else if (recovery instanceof Recovery.Complete) {
            out.field("recovered", true);
        }
        return out.field("durability", durability.wire()).end().end().bytes();
    }

    /** Done, and there is nothing to say about it. */
    public static byte[] ack(@Nullable RequestId id) {
        return reply("ack", id).object("data").end().end().bytes();
    }

    /**
     * Done in this room, with nothing stored.
     *
     * @param idField what the room's kind calls its id, such as {@code roomId}
     */
    public static byte[] ack(@Nullable RequestId id, String idField, String roomId) {
        return reply("ack", id)
                .object("data")
                .field(idField, roomId)
                .end()
                .end()
                .bytes();
    }

    /**
     * Stored at this position, as durably as the room promises.
     *
     * @param idField what the room's kind calls its id, such as {@code roomId}
     */
    public static byte[] ack(@Nullable RequestId id, String idField, String roomId, Position stored) {
        return reply("ack", id)
                .object("data")
                .field(idField, roomId)
                .field("epoch", stored.epoch())
                .field("offset", stored.offset())
                .end()
                .end()
                .bytes();
    }

    public static byte[] error(@Nullable RequestId id, ErrorCode code) {
        return error(id, code, code.message());
    }

    /** With a text of its own, for a person; never the text of an exception. */
    public static byte[] error(@Nullable RequestId id, ErrorCode code, String message) {
        return openError(id, code, message).end().end().bytes();
    }

    /** The error {@code rate_limited}; {@code retryAfterMs} is at least how long to wait. */
    public static byte[] rateLimited(@Nullable RequestId id, long retryAfterMs) {
        return openError(id, ErrorCode.RATE_LIMITED, ErrorCode.RATE_LIMITED.message())
                .field("retryAfterMs", retryAfterMs)
                .end()
                .end()
                .bytes();
    }

    public static byte[] pong(@Nullable RequestId id) {
        return reply("pong", id).end().bytes();
    }

    /**
     * A page of a room's users.
     *
     * @param idField what the room's kind calls its id, such as {@code roomId}
     * @param next goes on after this page; null on the last one
     */
    public static byte[] presence(
            @Nullable RequestId id,
            String idField,
            String roomId,
            List<Member> members,
            int total,
            @Nullable String next) {
        JsonWriter out =
                reply("presence", id).object("data").field(idField, roomId).array("members");
        for (Member member : members) {
            out.object()
                    .field("userId", member.userId())
                    .field("userName", member.userName())
                    .field("connections", member.connections())
                    .end();
        }
        out.end().field("total", total);
        if (next != null) {
            out.field("next", next);
        }
        return out.end().end().bytes();
    }

    /**
     * A page of stored entries, oldest first.
     *
     * @param idField what the room's kind calls its id, such as {@code roomId}
     * @param oldest the oldest offset held, newest + 1 where none is
     * @param newest the newest offset stored, 0 where none ever was
     * @param more whether entries held lie beyond this page in the direction asked for
     */
    public static byte[] history(
            @Nullable RequestId id,
            String idField,
            String roomId,
            String epoch,
            List<Entry> entries,
            long oldest,
            long newest,
            boolean more) {
        JsonWriter out = reply("history", id)
                .object("data")
                .field(idField, roomId)
                .field("epoch", epoch)
                .array("entries");
        for (Entry entry : entries) {
            push(out, entry.type(), entry.offset(), entry.data());
        }
        return out.end()
                .field("oldest", oldest)
                .field("newest", newest)
                .field("more", more)
                .end()
                .end()
                .bytes();
    }

    /**
     * A page of what was found, newest first.
     *
     * @param idField what the room's kind calls its id, such as {@code roomId}
     * @param next goes on after it, null on the last one
     */
    public static byte[] searchResults(
            @Nullable RequestId id, String idField, String roomId, List<Result> results, @Nullable Long next) {
        JsonWriter out = reply("search_results", id)
                .object("data")
                .field(idField, roomId)
                .array("results");
        for (Result result : results) {
            Entry entry = result.entry();
            out.object()
                    .field("type", entry.type())
                    .field("offset", entry.offset())
                    .raw("data", entry.data())
                    .array("highlights");
            for (int[] range : result.highlights()) {
                out.array().value(range[0]).value(range[1]).end();
            }
            out.end().end();
        }
        out.end();
        if (next != null) {
            out.field("next", next);
        }
        return out.end().end().bytes();
    }

    /**
     * A page of a user's stored notifications, oldest first.
     *
     * @param read up to which offset they were read, 0 for none
     * @param next the {@code before} of the next page, 0 on the last one
     */
    public static byte[] notifications(@Nullable RequestId id, List<Entry> entries, long read, long next) {
        JsonWriter out = reply("notifications", id).object("data").array("entries");
        for (Entry entry : entries) {
            push(out, entry.type(), entry.offset(), entry.data());
        }
        out.end().field("read", read);
        if (next > 0) {
            out.field("next", next);
        }
        return out.end().end().bytes();
    }

    /** The server restarts: close follows; come back after so long. */
    public static byte[] reconnect(long afterMs) {
        return reply("reconnect", null)
                .object("data")
                .field("afterMs", afterMs)
                .end()
                .end()
                .bytes();
    }

    /** The last event of a stream that the server ends. */
    public static byte[] close(CloseReason reason) {
        return reply("close", null)
                .object("data")
                .field("code", reason.code())
                .field("reason", reason.reason())
                .end()
                .end()
                .bytes();
    }

    public static byte[] tokenExpiring(long expiresInMs) {
        return reply("token_expiring", null)
                .object("data")
                .field("expiresInMs", expiresInMs)
                .end()
                .end()
                .bytes();
    }

    public static byte[] notification(JsonNode data) {
        return reply("notification", null).field("data", data).end().bytes();
    }

    /** A named reply of an application's own, around {@code data} that is JSON already. */
    public static byte[] reply(@Nullable RequestId id, String type, byte[] data) {
        return reply(type, id).raw("data", data).end().bytes();
    }

    /**
     * Appends a push around its {@code data}.
     *
     * @param offset of the stored entry, 0 for a push that is not stored
     */
    public static void push(JsonWriter out, String type, long offset, byte[] data) {
        out.object().field("type", type);
        if (offset != 0) {
            out.field("offset", offset);
        }
        out.raw("data", data).end();
    }

    /** {@link #push(JsonWriter, String, long, byte[])} as bytes. */
    public static byte[] push(String type, long offset, byte[] data) {
        JsonWriter out = new JsonWriter(data.length + type.length() + 64);
        push(out, type, offset, data);
        return out.bytes();
    }

    /** The data of {@code user_joined} and {@code user_left}. */
    public static byte[] userData(@Nullable String userId, @Nullable String userName, String roomId) {
        return new JsonWriter(256)
                .object()
                .field("userId", userId)
                .field("userName", userName)
                .field("roomId", roomId)
                .end()
                .bytes();
    }

    public static byte[] typingData(String roomId, @Nullable String userId, @Nullable String userName, boolean typing) {
        return new JsonWriter(256)
                .object()
                .field("roomId", roomId)
                .field("userId", userId)
                .field("userName", userName)
                .field("typing", typing)
                .end()
                .bytes();
    }

    /** The data of {@code chat}; its {@code timestamp} is ISO 8601 in UTC. */
    public static byte[] chatData(String roomId, String message, @Nullable String userId, long timeMillis) {
        return new JsonWriter(message.length() + 192)
                .object()
                .field("message", message)
                .field("userId", userId)
                .field("timestamp", ISO.format(Instant.ofEpochMilli(timeMillis)))
                .field("roomId", roomId)
                .end()
                .bytes();
    }

    /** The data of {@code message}; its {@code timestamp} is a number of milliseconds. */
    public static byte[] messageData(
            String roomId, String message, @Nullable String userId, @Nullable String userName, long timeMillis) {
        return new JsonWriter(message.length() + 192)
                .object()
                .field("roomId", roomId)
                .field("message", message)
                .field("userId", userId)
                .field("userName", userName)
                .field("timestamp", timeMillis)
                .end()
                .bytes();
    }

    /**
     * A member that did not keep up with a room was spared pushes.
     *
     * @param idField what the room's kind calls its id, such as {@code roomId}
     * @param count how many
     * @param newest the offset of the newest stored one among them, 0 if none was stored
     */
    public static byte[] skipped(String idField, String roomId, long count, long newest) {
        JsonWriter out = new JsonWriter(192).object().field("type", "skipped").object("data");
        out.field(idField, roomId).field("count", count);
        if (newest > 0) {
            out.field("offset", newest);
        }
        return out.end().end().bytes();
    }

    /**
     * The receiver may not be in a room any more, and is not.
     *
     * @param idField what the room's kind calls its id, such as {@code roomId}
     */
    public static byte[] removed(String idField, String roomId) {
        return reply("removed", null)
                .object("data")
                .field(idField, roomId)
                .end()
                .end()
                .bytes();
    }

    /** The data of {@code presence_count}. */
    public static byte[] presenceCountData(String roomId, int total) {
        return new JsonWriter(192)
                .object()
                .field("roomId", roomId)
                .field("total", total)
                .end()
                .bytes();
    }

    /** A reply of an application's own, around its {@code data}. */
    public static byte[] reply(String type, @Nullable RequestId id, byte[] data) {
        return reply(type, id).raw("data", data).end().bytes();
    }

    private static JsonWriter reply(String type, @Nullable RequestId id) {
        JsonWriter out = new JsonWriter(256).object().field("type", type);
        return id == null ? out : out.raw("id", id.json());
    }

    private static JsonWriter openAuthenticated(
            @Nullable RequestId id, @Nullable String userId, @Nullable String userName) {
        return reply("authenticated", id)
                .object("data")
                .field("success", true)
                .field("userId", userId)
                .field("userName", userName);
    }

    private static JsonWriter openError(@Nullable RequestId id, ErrorCode code, String message) {
        return reply("error", id)
                .object("data")
                .field("code", code.wire())
                .field("message", message)
                .field("retry", code.retry());
    }
}
