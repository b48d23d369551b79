package dev.peal.chat;

import dev.peal.app.App;
import dev.peal.app.Caller;
import dev.peal.app.MessageType;
import dev.peal.app.Outcome;
import dev.peal.hub.RoomKind;
import dev.peal.log.RoomKey;
import dev.peal.protocol.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A second kind of rooms, with the same ids as chat rooms and a rule of its own: rooms that begin with {@code b} are for {@code u0} alone. */
final class MemoApp implements App {
    static final String KIND = "memo";
    private static final String SCHEMA = """
            {"type":"object","required":["roomId"],"properties":{"roomId":{"type":"string"}}}""";

    @Override
    public RoomKind kind() {
        return RoomKind.people(KIND);
    }

    @Override
    public String path() {
        return "/memo";
    }

    @Override
    public List<MessageType<?>> messages() {
        return List.of(
                MessageType.checkedBy("memo_join", SCHEMA, (caller, room, data) -> new Outcome.Join(null)),
                MessageType.checkedBy(
                        "memo_history", SCHEMA, (caller, room, data) -> new Outcome.ReadHistory(null, null, 5)),
                MessageType.checkedBy(
                        "memo_write",
                        SCHEMA,
                        (caller, room, data) -> room.member()
                                ? Outcome.append(
                                        "memo",
                                        data.path("text").stringValue("").isEmpty()
                                                ? "{}".getBytes(StandardCharsets.UTF_8)
                                                : data.toString().getBytes(StandardCharsets.UTF_8))
                                : Outcome.refuse(ErrorCode.NOT_A_MEMBER)));
    }

    @Override
    public boolean admits(Caller caller, RoomKey room) {
        return !room.id().startsWith("b") || "u0".equals(caller.userId());
    }
}
