package dev.peal.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.auth.Revocation;
import dev.peal.session.SessionConfig;
import dev.peal.testkit.SessionRig;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/**
 * PROMISES 31: whatever people do, each connection gets exactly the frames that the rules give it: of chat rooms, of rooms of another kind with the same ids, of
 * history, presence, recovery, sessions and notifications, under tokens with patterns. 1,000,000 actions nightly.
 */
class NoRoomLeaksTest {
    private static final int ACTIONS = Boolean.getBoolean("peal.nightly") ? 1_000_000 : 10_000;
    private static final int RUN = 200;
    private static final int SLOTS = 8;
    private static final Map<String, String> GLOBS =
            Map.of("u0", "*", "u1", "a*", "u2", "?1,team-*", "u3", "nothing", "u4", "*");
    private static final List<String> ROOMS = List.of("a1", "a2", "b1", "team-x", "u0");

    /** One thing that somebody does; which it is and about what is taken from the numbers, so that a list of them can be cut anywhere. */
    record Action(int what, int slot, int room, int choice) {}

    @Provide
    Arbitrary<List<Action>> actions() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 19),
                        Arbitraries.integers().between(0, SLOTS - 1),
                        Arbitraries.integers().between(0, ROOMS.size() - 1),
                        Arbitraries.integers().between(0, 99))
                .as(Action::new)
                .list()
                .ofMaxSize(80);
    }

    /** jqwik prints the seed, and cuts a failing list down to what it takes to fail. */
    @Property(tries = 100)
    void everyConnectionGetsWhatTheRulesGiveIt(@ForAll("actions") List<Action> actions) {
        Machine machine = new Machine();
        actions.forEach(machine::act);
    }

    @Example
    void soItIsInLongRuns() {
        long seed = Long.getLong("peal.seed", System.nanoTime());
        for (int run = 0; run < ACTIONS / RUN; run++) {
            Random random = new Random(seed + run);
            Machine machine = new Machine();
            try {
                for (int i = 0; i < RUN; i++) {
                    machine.act(new Action(
                            random.nextInt(20),
                            random.nextInt(SLOTS),
                            random.nextInt(ROOMS.size()),
                            random.nextInt(100)));
                }
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("seed " + (seed + run), e);
            }
        }
    }

    /** A server and the rules beside it, taking the same actions. */
    private static final class Machine {
        private final SessionRig rig = new SessionRig(List.of(new ChatApp(), new MemoApp()), 2, SessionConfig.DEFAULT);
        private final RoomRules rules = new RoomRules(GLOBS);
        private final SessionRig.@Nullable Client[] clients = new SessionRig.@Nullable Client[SLOTS];
        private final RoomRules.@Nullable Conn[] conns = new RoomRules.@Nullable Conn[SLOTS];
        private final Map<Integer, String> sessionIds = new HashMap<>();
        private final List<String> done = new ArrayList<>();
        private String epoch = "";
        private int texts;

        void act(Action action) {
            done.add(action.toString());
            SessionRig.Client client = clients[action.slot];
            RoomRules.Conn conn = conns[action.slot];
            if (client == null || conn == null) {
                if (action.what == 19) {
                    alone(action);
                } else {
                    signIn(action);
                }
            } else {
                act(action, client, conn);
            }
            compare(action);
        }

        private void signIn(Action action) {
            String user = "u" + action.choice % GLOBS.size();
            boolean wants = action.choice >= 30;
            int asked = action.choice >= 50 && rules.sessions() > 0 ? action.choice % rules.sessions() : -1;
            if (action.choice >= 60 && asked >= 0) {
                user = rules.userOf(asked);
            }
            String session = wants ? ",\"session\":true" : "";
            String presented = asked >= 0 ? ",\"sessionId\":\"" + sessionIds.get(asked) + "\"" : "";
            conns[action.slot] = rules.signIn(user, wants, asked);
            clients[action.slot] = rig.open(action.slot % 2)
                    .send("{\"type\":\"authenticate\",\"data\":{\"token\":\"" + user + "|" + GLOBS.get(user) + "\""
                            + session + presented + "}}");
        }

        /** What nobody's connection does. */
        private void alone(Action action) {
            switch (action.choice % 4) {
                case 0, 1 -> pass();
                case 2 -> notifyUser("u" + action.choice % GLOBS.size());
                default -> {
                    String user = "u" + action.choice % GLOBS.size();
                    rules.revoke(user);
                    rig.sessions()
                            .revoke(new Revocation.OfUser(user, rig.clock().millis()));
                }
            }
        }

        private void pass() {
            rules.pass(5_000);
            for (SessionRig.Client client : clients) {
                if (client != null) {
                    client.alive();
                }
            }
            rig.pass(5_000);
        }

        private void notifyUser(String user) {
            String data = "{\"text\":\"n" + ++texts + "\"}";
            rules.notify(user, data);
            rig.sessions()
                    .notifications()
                    .notify(user, data.getBytes(StandardCharsets.UTF_8), "api", null, 0, appended -> {});
        }

        private void act(Action action, SessionRig.Client client, RoomRules.Conn conn) {
            String id = ROOMS.get(action.room);
            RoomRules.Room chat = new RoomRules.Room("chat", id);
            RoomRules.Room memo = new RoomRules.Room("memo", id);
            String user = conn.user;
            String name = user.toUpperCase(Locale.ROOT);
            String text = "t" + ++texts;
            switch (action.what) {
                case 0, 1, 2 -> {
                    rules.join(conn, chat, -1);
                    client.send(Frames.joinAsking("j", id));
                }
                case 3 -> {
                    long since = epoch.isEmpty() ? -1 : action.choice % 12;
                    rules.join(conn, chat, since);
                    client.send(since < 0 ? Frames.joinAsking("j", id) : Frames.joinSince(id, epoch, since));
                }
                case 4 -> {
                    rules.leave(conn, chat);
                    client.send("{\"type\":\"leave_room\",\"id\":\"l\",\"data\":{\"roomId\":\"" + id + "\"}}");
                }
                case 5, 6 -> {
                    rules.write(
                            conn,
                            chat,
                            "chat",
                            "{\"message\":\"" + text + "\",\"userId\":\"" + user + "\",\"roomId\":\"" + id + "\"}",
                            false);
                    client.send(Frames.chat(id, text));
                }
                case 7, 8 -> {
                    rules.write(
                            conn,
                            chat,
                            "message",
                            "{\"roomId\":\"" + id + "\",\"message\":\"" + text + "\",\"userId\":\"" + user
                                    + "\",\"userName\":\"" + name + "\"}",
                            true);
                    client.send(Frames.message(id, text));
                }
                case 9 -> {
                    rules.typing(conn, chat);
                    client.send(Frames.typing(id));
                }
                case 10 -> {
                    rules.presence(conn, chat);
                    client.send("{\"type\":\"presence\",\"id\":\"p\",\"data\":{\"roomId\":\"" + id + "\"}}");
                }
                case 11 -> {
                    rules.history(conn, chat);
                    client.send("{\"type\":\"history\",\"id\":\"h\",\"data\":{\"roomId\":\"" + id + "\",\"limit\":5}}");
                }
                case 12 -> {
                    rules.join(conn, memo, -1);
                    client.send("{\"type\":\"memo_join\",\"id\":\"j\",\"data\":{\"roomId\":\"" + id + "\"}}");
                }
                case 13 -> {
                    String data = "{\"roomId\":\"" + id + "\",\"text\":\"" + text + "\"}";
                    rules.write(conn, memo, "memo", data, true);
                    client.send("{\"type\":\"memo_write\",\"data\":" + data + "}");
                }
                case 14 -> {
                    rules.history(conn, memo);
                    client.send("{\"type\":\"memo_history\",\"id\":\"h\",\"data\":{\"roomId\":\"" + id + "\"}}");
                }
                case 15 -> {
                    long newest = rules.readAll(conn);
                    client.send("{\"type\":\"read\",\"id\":\"r\",\"data\":{\"offset\":" + newest + "}}");
                }
                case 16 -> {
                    rules.lose(conn);
                    client.breaks();
                }
                case 17 -> {
                    rules.goodbye(conn);
                    client.leaves();
                }
                case 18 -> notifyUser(user);
                default -> alone(action);
            }
        }

        private void compare(Action action) {
            rig.settle();
            Map<Integer, String> seen = new LinkedHashMap<>();
            for (int slot = 0; slot < SLOTS; slot++) {
                SessionRig.Client client = clients[slot];
                RoomRules.Conn conn = conns[slot];
                if (client == null || conn == null) {
                    continue;
                }
                List<String> got =
                        client.take().stream().map(frame -> plain(frame, conn)).toList();
                // What came before a connection ended was promised; what comes after it was not.
                assertThat(RoomRules.sorted(got))
                        .as("slot %d (%s) after %s of %s", slot, conn.user, action, done)
                        .isEqualTo(RoomRules.sorted(conn.frames));
                conn.frames.clear();
                if (!conn.open) {
                    assertThat(client.session().closed()).isTrue();
                    clients[slot] = null;
                    conns[slot] = null;
                }
            }
        }

        /** Without its time and epoch, and its session's id as the rules number it. */
        private String plain(String frame, RoomRules.Conn conn) {
            if (epoch.isEmpty() && frame.contains("\"epoch\"")) {
                epoch = Frames.epoch(List.of(frame));
            }
            if (frame.contains("\"sessionId\"")) {
                String id = frame.replaceAll(".*\"sessionId\":\"([^\"]*)\".*", "$1");
                assertThat(sessionIds.merge(conn.session, id, (known, same) -> known))
                        .isEqualTo(id);
                return frame.replace(id, "#" + conn.session);
            }
            return frame.replaceAll("\"epoch\":\"[^\"]*\",", "").replaceAll(",\"timestamp\":(\\d+|\"[^\"]*\")", "");
        }
    }
}
