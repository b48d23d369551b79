package dev.peal.examples;

import dev.peal.app.App;
import dev.peal.app.MessageType;
import dev.peal.app.Outcome;
import dev.peal.hub.RoomKind;
import dev.peal.protocol.ErrorCode;
import dev.peal.protocol.JsonWriter;
import dev.peal.server.PealServer;
import java.security.SecureRandom;
import java.util.List;

/** A server with a message type of its own: people at a table roll dice, and all of them see what fell, also those who come back later. */
public final class DiceTable implements App {
    private static final String TABLE = """
            {"type": "object", "required": ["roomId"]}""";
    private static final String ROLL = """
            {"type": "object", "required": ["roomId", "sides"],
             "properties": {"sides": {"type": "integer", "minimum": 2, "maximum": 100}}}""";
    private final SecureRandom dice = new SecureRandom();

    @Override
    public RoomKind kind() {
        return RoomKind.people("dice");
    }

    @Override
    public String path() {
        return "/dice";
    }

    @Override
    public List<MessageType<?>> messages() {
        return List.of(
                MessageType.checkedBy("sit_down", TABLE, (caller, table, data) -> new Outcome.Join(null)),
                MessageType.checkedBy("roll", ROLL, (caller, table, data) -> {
                    if (!table.member()) {
                        return Outcome.refuse(ErrorCode.NOT_A_MEMBER);
                    }
                    int fell = 1 + dice.nextInt(data.get("sides").intValue());
                    JsonWriter rolled = new JsonWriter()
                            .object()
                            .field("roomId", table.key().id());
                    return Outcome.append(
                            "rolled",
                            rolled.field("userId", caller.userId())
                                    .field("fell", fell)
                                    .end()
                                    .bytes());
                }));
    }

    public static void main(String[] args) {
        PealServer server = PealServer.builder()
                .set("auth.mode", "open")
                .app(new DiceTable())
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(server::close));
        System.out.println("Roll dice at ws://localhost:" + server.port() + "/dice");
    }
}
