package dev.peal.app;

import dev.peal.hub.OpenRoom;
import dev.peal.hub.Resident;
import dev.peal.hub.Residents;
import dev.peal.hub.RoomKind;
import dev.peal.hub.SlowPolicy;
import dev.peal.log.Appended;
import dev.peal.log.Entry;
import dev.peal.protocol.ErrorCode;
import dev.peal.protocol.Recovery;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Rooms that keep a list of what was stored, loaded when a test says so. Its messages do what each of them names. */
final class LedgerApp implements App {
    static final String KIND = "ledger";

    /** What is kept about one room. */
    static final class Ledger implements Resident {
        final OpenRoom room;
        final List<String> entries = new ArrayList<>();
        boolean closed;

        Ledger(OpenRoom room) {
            this.room = room;
        }

        @Override
        public void entry(Entry entry) {
            entries.add(entry.offset() + " " + new String(entry.data(), StandardCharsets.UTF_8));
        }

        @Override
        public void closed() {
            closed = true;
        }
    }

    final List<Ledger> ledgers = new ArrayList<>();
    final List<Appended> answers = new ArrayList<>();
    final List<Consumer<Outcome>> later = new ArrayList<>();
    final List<Consumer<Optional<Resident>>> loading = new ArrayList<>();
    boolean atOnce = true;

    @Nullable
    Caller out;

    @Override
    public RoomKind kind() {
        return new RoomKind(KIND, "ledgerId", SlowPolicy.DISCONNECT, true);
    }

    @Override
    public String path() {
        return "/ledger";
    }

    @Override
    public List<MessageType<?>> messages() {
        return List.of(
                type("enter", (caller, room, data) -> new Outcome.Join(null, null, welcome(room))),
                type("enter_plainly", (caller, room, data) -> new Outcome.Join(null)),
                type("exit", (caller, room, data) -> new Outcome.Leave()),
                type("write", (caller, room, data) -> write(data.path("text").asString(""), room, 0)),
                type(
                        "known",
                        (caller, room, data) ->
                                new Outcome.Acknowledge(data.path("of").longValue(0))),
                type("count", (caller, room, data) -> new Outcome.InTurn(() -> count(room))),
                type(
                        "ask",
                        (caller, room, data) ->
                                new Outcome.Later(data.path("inOrder").booleanValue(true), later::add)),
                type(
                        "fail",
                        (caller, room, data) -> new Outcome.Later(true, done -> {
                            throw new IllegalStateException("as asked");
                        })));
    }

    private static MessageType<ObjectNode> type(String type, MessageType.Handler<ObjectNode> handler) {
        return MessageType.of(type, data -> data, data -> data.path("ledgerId").asString("k"), handler);
    }

    private static Welcome welcome(RoomView room) {
        Ledger ledger = room.resident(Ledger.class);
        return moment -> {
            int entries = ledger.entries.size();
            int users = moment.people().size();
            return recovery -> new Outcome.Reply(
                    "welcome",
                    json("{\"entries\":" + entries + ",\"users\":" + users + ",\"newest\":"
                            + moment.newest().offset() + ",\"asked\":" + (recovery != Recovery.NOT_ASKED) + "}"));
        };
    }

    /** Expects what the ledger knows, and tries again where that is not the newest. */
    private Outcome write(String text, RoomView room, int tries) {
        Ledger ledger = room.resident(Ledger.class);
        long newest = ledger.room.newest() + ledger.entries.size();
        return new Outcome.Append("written", json("\"" + text + "\""), false, newest, null, appended -> {
            answers.add(appended);
            return appended instanceof Appended.Conflict && tries < 5
                    ? Optional.of(write(text, room, tries + 1))
                    : Optional.empty();
        });
    }

    private static Outcome count(RoomView room) {
        int entries = room.resident(Ledger.class).entries.size();
        return entries == 0
                ? Outcome.refuse(ErrorCode.CONFLICT)
                : new Outcome.Reply("counted", json("{\"entries\":" + entries + "}"));
    }

    private static byte[] json(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public boolean mayStay(Caller caller, dev.peal.log.RoomKey room) {
        return out == null || !String.valueOf(out.userId()).equals(caller.userId());
    }

    @Override
    public Optional<Residents> residents() {
        return Optional.of((room, done) -> {
            Ledger ledger = new Ledger(room);
            ledgers.add(ledger);
            if (atOnce) {
                done.accept(Optional.of(ledger));
            } else {
                loading.add(done);
            }
        });
    }
}
