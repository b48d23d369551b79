package dev.peal.chat;

import dev.peal.app.App;
import dev.peal.app.Caller;
import dev.peal.app.MessageType;
import dev.peal.app.Outcome;
import dev.peal.app.RoomView;
import dev.peal.hub.RoomKind;
import dev.peal.log.RoomKey;
import dev.peal.protocol.ClientMessage;
import dev.peal.protocol.ClientMessage.Chat;
import dev.peal.protocol.ClientMessage.History;
import dev.peal.protocol.ClientMessage.JoinRoom;
import dev.peal.protocol.ClientMessage.LeaveRoom;
import dev.peal.protocol.ClientMessage.Message;
import dev.peal.protocol.ClientMessage.Presence;
import dev.peal.protocol.ClientMessage.Search;
import dev.peal.protocol.ClientMessage.Typing;
import dev.peal.protocol.ErrorCode;
import dev.peal.protocol.ServerMessages;
import dev.peal.search.EntryText;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The messages of chat rooms: {@code join_room}, {@code leave_room}, {@code chat}, {@code message}, {@code typing}, {@code presence}, {@code history},
 * {@code search}. */
public final class ChatApp implements App {
    /** The kind of chat rooms. */
    public static final String KIND = "chat";

    @Override
    public RoomKind kind() {
        return RoomKind.people(KIND);
    }

    @Override
    public String path() {
        return "/chat";
    }

    @Override
    public List<MessageType<?>> messages() {
        return List.of(
                MessageType.of("join_room", JoinRoom::read, JoinRoom::roomId, ChatApp::join),
                MessageType.of("leave_room", LeaveRoom::read, LeaveRoom::roomId, (c, r, m) -> new Outcome.Leave()),
                MessageType.of("chat", Chat::read, Chat::roomId, ChatApp::chat),
                MessageType.of("message", Message::read, Message::roomId, ChatApp::message),
                MessageType.of("typing", Typing::read, Typing::roomId, ChatApp::typing),
                MessageType.of("presence", Presence::read, Presence::roomId, ChatApp::presence),
                MessageType.of("history", History::read, History::roomId, ChatApp::history),
                MessageType.of("search", Search::read, Search::roomId, ChatApp::search));
    }

    @Override
    public Optional<EntryText> searchText() {
        return Optional.of(new MessageText());
    }

    /** {@code message} and {@code chat}, as clients send them; a {@code userId} and, of a message, a {@code userName} say in whose name. */
    @Override
    public Optional<byte[]> publish(RoomKey room, String type, ObjectNode data, long timeMillis) {
        ObjectNode sent = data.deepCopy().put("roomId", room.id());
        return switch (type) {
            case "message" -> published(room, Message.read(sent), sent.path("userName"), timeMillis);
            case "chat" ->
                Optional.ofNullable(Chat.read(sent))
                        .map(chat -> ServerMessages.chatData(room.id(), chat.message(), chat.userId(), timeMillis));
            default -> Optional.empty();
        };
    }

    private static Optional<byte[]> published(
            RoomKey room, @Nullable Message message, JsonNode userName, long timeMillis) {
        boolean named = userName.isString() && ClientMessage.isUserId(userName.stringValue());
        if (message == null || !named && !userName.isMissingNode() && !userName.isNull()) {
            return Optional.empty();
        }
        return Optional.of(ServerMessages.messageData(
                room.id(), message.message(), message.userId(), named ? userName.stringValue() : null, timeMillis));
    }

    private static Outcome join(Caller caller, RoomView room, JoinRoom join) {
        return new Outcome.Join(join.since());
    }

    private static Outcome chat(Caller caller, RoomView room, Chat chat) {
        if (!room.member()) {
            return Outcome.refuse(ErrorCode.NOT_A_MEMBER);
        }
        return Outcome.appendForOthers(
                "chat",
                ServerMessages.chatData(
                        chat.roomId(), chat.message(), caller.userIdOr(chat.userId()), room.timeMillis()));
    }

    private static Outcome message(Caller caller, RoomView room, Message message) {
        if (!room.member()) {
            return Outcome.refuse(ErrorCode.NOT_A_MEMBER);
        }
        return Outcome.append(
                "message",
                ServerMessages.messageData(
                        message.roomId(),
                        message.message(),
                        caller.userIdOr(message.userId()),
                        caller.userName(),
                        room.timeMillis()));
    }

    private static Outcome typing(Caller caller, RoomView room, Typing typing) {
        if (!room.member()) {
            return Outcome.refuse(ErrorCode.NOT_A_MEMBER);
        }
        return Outcome.signalOthers(
                "typing",
                ServerMessages.typingData(
                        typing.roomId(), caller.userIdOr(typing.userId()), caller.userName(), typing.typing()));
    }

    private static Outcome presence(Caller caller, RoomView room, Presence presence) {
        return new Outcome.ListPeople(presence.after(), presence.limit());
    }

    private static Outcome search(Caller caller, RoomView room, Search search) {
        return new Outcome.Find(search.query(), search.before(), search.limit());
    }

    private static Outcome history(Caller caller, RoomView room, History history) {
        return new Outcome.ReadHistory(history.before(), history.after(), history.limit());
    }
}
