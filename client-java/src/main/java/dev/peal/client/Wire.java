package dev.peal.client;

import dev.peal.client.json.Json;
import dev.peal.protocol.Position;
import dev.peal.protocol.Recovery;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Takes the server's messages apart. Pure; what does not fit is empty, or throws {@code bad_reply} where a caller waits for it. */
final class Wire {
    private static final String BAD_REPLY = "bad_reply";

    private Wire() {}

    static String type(JsonNode message) {
        return message.path("type").stringValue("");
    }

    static String roomId(JsonNode message) {
        return message.path("data").path("roomId").stringValue("");
    }

    static OptionalLong offset(JsonNode node) {
        JsonNode offset = node.path("offset");
        boolean fits = offset.isIntegralNumber()
                && offset.canConvertToLong()
                && offset.longValue() >= 0
                && offset.longValue() <= Position.OFFSET_MAX;
        return fits ? OptionalLong.of(offset.longValue()) : OptionalLong.empty();
    }

    /** The position of a {@code joined} or an {@code ack}. */
    static Optional<Position> position(JsonNode data) {
        OptionalLong offset = offset(data);
        String epoch = data.path("epoch").stringValue("");
        boolean fits = offset.isPresent() && !epoch.isEmpty() && epoch.length() <= 2 * 64;
        return fits ? Optional.of(new Position(epoch, offset.getAsLong())) : Optional.empty();
    }

    static ObjectNode since(Position position) {
        return Json.object().put("epoch", position.epoch()).put("offset", position.offset());
    }

    static Recovery recovery(JsonNode joined) {
        if (!joined.has("recovered")) {
            return Recovery.NOT_ASKED;
        }
        if (joined.path("recovered").asBoolean(false)) {
            return Recovery.COMPLETE;
        }
        boolean trimmed = joined.path("reason").stringValue("").equals(Recovery.Reason.HISTORY_TRIMMED.wire());
        return new Recovery.Lost(
                trimmed ? Recovery.Reason.HISTORY_TRIMMED : Recovery.Reason.EPOCH_CHANGED,
                joined.path("oldest").asLong(1));
    }

    /** A push of a room; empty where a known type has not what it must have. */
    static Optional<RoomEvent> event(JsonNode push) {
        JsonNode data = push.path("data");
        OptionalLong offset = offset(push);
        String type = type(push);
        return switch (type) {
            case "message", "chat" -> offset.isPresent() ? message(type, offset.getAsLong(), data) : Optional.empty();
            case "typing" ->
                Optional.of(new RoomEvent.Typing(
                        text(data, "userId"),
                        text(data, "userName"),
                        data.path("typing").asBoolean(false)));
            case "user_joined" -> Optional.of(new RoomEvent.UserJoined(text(data, "userId"), text(data, "userName")));
            case "user_left" -> Optional.of(new RoomEvent.UserLeft(text(data, "userId"), text(data, "userName")));
            case "presence_count" ->
                Optional.of(new RoomEvent.PresenceCount(data.path("total").asLong(0)));
            default ->
                Optional.of(
                        offset.isPresent()
                                ? new RoomEvent.Entry(type, offset.getAsLong(), data)
                                : new RoomEvent.Signal(type, data));
        };
    }

    private static Optional<RoomEvent> message(String type, long offset, JsonNode data) {
        JsonNode text = data.path("message");
        if (!text.isString()) {
            return Optional.empty();
        }
        return instant(data.path("timestamp"))
                .map(at -> new RoomEvent.Message(
                        type, offset, text(data, "userId"), text(data, "userName"), text.stringValue(), at));
    }

    /** A {@code message} says milliseconds, a {@code chat} says ISO 8601. */
    private static Optional<Instant> instant(JsonNode timestamp) {
        try {
            return timestamp.isNumber()
                    ? Optional.of(Instant.ofEpochMilli(timestamp.asLong(0)))
                    : Optional.of(Instant.parse(timestamp.stringValue("")));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    static Optional<String> text(JsonNode data, String name) {
        JsonNode text = data.path(name);
        return text.isString() ? Optional.of(text.stringValue()) : Optional.empty();
    }

    private static OptionalLong number(JsonNode data, String name) {
        JsonNode number = data.path(name);
        return number.isIntegralNumber() && number.canConvertToLong()
                ? OptionalLong.of(number.longValue())
                : OptionalLong.empty();
    }

    static Pages.History history(ObjectNode reply) {
        JsonNode data = expect(reply, "history");
        List<RoomEvent> entries = new ArrayList<>();
        for (JsonNode entry : data.path("entries")) {
            entries.add(event(entry).filter(one -> one.offset().isPresent()).orElseThrow(Wire::badReply));
        }
        return new Pages.History(
                text(data, "epoch").orElseThrow(Wire::badReply),
                entries,
                number(data, "oldest").orElseThrow(Wire::badReply),
                number(data, "newest").orElseThrow(Wire::badReply),
                data.path("more").asBoolean(false));
    }

    static Pages.Presence presence(ObjectNode reply) {
        JsonNode data = expect(reply, "presence");
        List<Pages.Member> members = new ArrayList<>();
        for (JsonNode member : data.path("members")) {
            members.add(new Pages.Member(
                    text(member, "userId"),
                    text(member, "userName"),
                    member.path("connections").asInt(1)));
        }
        return new Pages.Presence(members, number(data, "total").orElseThrow(Wire::badReply), text(data, "next"));
    }

    static Pages.Search search(ObjectNode reply) {
        JsonNode data = expect(reply, "search_results");
        List<Pages.Hit> hits = new ArrayList<>();
        for (JsonNode result : data.path("results")) {
            List<Pages.Range> ranges = new ArrayList<>();
            for (JsonNode range : result.path("highlights")) {
                ranges.add(new Pages.Range(range.path(0).asInt(0), range.path(1).asInt(0)));
            }
            if (event(result).orElseThrow(Wire::badReply) instanceof RoomEvent.Message message) {
                hits.add(new Pages.Hit(message, ranges));
            }
        }
        return new Pages.Search(hits, number(data, "next"));
    }

    static Pages.Notifications notifications(ObjectNode reply) {
        JsonNode data = expect(reply, "notifications");
        List<Pages.Notification> entries = new ArrayList<>();
        for (JsonNode entry : data.path("entries")) {
            entries.add(new Pages.Notification(offset(entry), entry.path("data")));
        }
        return new Pages.Notifications(entries, number(data, "read").orElseThrow(Wire::badReply), number(data, "next"));
    }

    private static JsonNode expect(ObjectNode reply, String type) {
        if (!type(reply).equals(type)) {
            throw badReply();
        }
        return reply.path("data");
    }

    private static PealException badReply() {
        return new PealException(BAD_REPLY, "The server's answer is none of PROTOCOL.md", false);
    }
}
