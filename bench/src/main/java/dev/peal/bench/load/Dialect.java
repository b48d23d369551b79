package dev.peal.bench.load;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * How a server wants to be spoken to: what a client says after the upgrade, what it sends under load and which frames then count.
 *
 * <p>Texts may hold {@code %I} (the connection's number, six digits), {@code %R} (the number of its room, six digits), {@code %T} (the send time in
 * nanoseconds, 16 hexadecimal digits), {@code %N} (a request id, nine digits), {@code %V} (the newest revision seen, up to twelve digits) and {@code %P} (filler up to
 * the wanted size).
 *
 * @param path the path of the upgrade request
 * @param setup what is said, in turn, until the connection is ready
 * @param message the text that a sender sends
 * @param counted how a frame that counts is told from another, and read
 * @param heartbeat a text that wants an answer at once, empty where there is none
 * @param heartbeatReply that answer
 */
record Dialect(
        String path, List<Step> setup, String message, Counted counted, String heartbeat, String heartbeatReply) {

    /**
     * Frames that count.
     *
     * @param at where the byte stands that tells them from others
     * @param mark that byte
     * @param idAt where the request id stands in them, -1 where they carry none
     * @param revisionAt where the revision stands in them that the request was made good on, -1 where other frames tell
     */
    record Counted(int at, char mark, int idAt, int revisionAt) {}

    /** One step after the upgrade: send a text (nothing if empty), then wait for a text that starts with another. */
    record Step(String send, byte[] await) {
        Step(String send, String await) {
            this(send, await.getBytes(StandardCharsets.UTF_8));
        }
    }

    private static final String MARKED = "#%I T:%T%P";
    private static final String ACK = "{\"type\":\"ack\",\"id\":";
    private static final String EDIT =
            "{\"type\":\"operation\",\"data\":{\"documentId\":\"own%R\",\"operation\":{\"ops\":[{";
    private static final int SHAREDB_SOURCE_CHARS = 32;
    private static final String SHAREDB_OP = "{\"a\":\"op\",\"c\":\"docs\",\"d\":\"own%R\",\"x\":{},";
    private static final Step JOIN = joined("bench");
    private static final Step JOIN_OWN = joined("own%R");

    private static Step joined(String room) {
        return new Step(
                "{\"type\":\"join_room\",\"id\":\"j\",\"data\":{\"roomId\":\"" + room + "\"}}", "{\"type\":\"joined\"");
    }

    private static Dialect plain(String path, List<Step> setup, String message, int countedAt, char counted, int idAt) {
        return new Dialect(path, setup, message, new Counted(countedAt, counted, idAt, -1), "", "");
    }

    private static Dialect socketIo(List<Step> setup, String message, char counted, int idAt) {
        return new Dialect(
                "/socket.io/?EIO=4&transport=websocket", setup, message, new Counted(4, counted, idAt, -1), "2", "3");
    }

    /** ShareDB's own protocol: it says hello, and acknowledges with {@code {"src":…,"seq":…,"v":…}}; all else begins otherwise. */
    private static Dialect shareDb(List<Step> more, String message) {
        List<Step> steps = new ArrayList<>(
                List.of(new Step("", "{\"a\":\"init\""), new Step("{\"a\":\"hs\",\"id\":null}", "{\"a\":\"hs\"")));
        steps.addAll(more);
        int idAt = "{\"src\":\"\",\"seq\":".length() + SHAREDB_SOURCE_CHARS;
        return new Dialect("/", steps, message, new Counted(2, 's', idAt, idAt + 9 + ",\"v\":".length()), "", "");
    }

    private static List<Step> typed() {
        List<Step> steps = new ArrayList<>();
        steps.add(
                new Step("{\"type\":\"join_document\",\"data\":{\"documentId\":\"own%R\"}}", "{\"type\":\"document\""));
        for (int i = 0; i < 100; i++) {
            steps.add(new Step(
                    EDIT + "\"insert\":\"" + "typed words ".repeat(9).substring(0, 100) + "\"}]},\"revision\":" + i
                            + "}}",
                    "{\"type\":\"operation\""));
        }
        return steps;
    }

    /** @throws IllegalArgumentException for a name that is none of those below */
    static Dialect named(String name) {
        if (MarketDialect.is(name)) {
            return MarketDialect.named(name);
        }
        return switch (name) {
            case "upgrade" -> plain("/", List.of(), "", 9, 'm', -1);
            // Peal's own protocol, which the peers' room programs speak as well.
            case "room" ->
                plain(
                        "/",
                        List.of(JOIN),
                        "{\"type\":\"message\",\"data\":{\"roomId\":\"bench\",\"message\":\"" + MARKED + "\"}}",
                        9,
                        'm',
                        -1);
            case "idle" -> plain("/", List.of(JOIN_OWN), "", 9, 'm', -1);
            case "request" ->
                plain(
                        "/",
                        List.of(JOIN_OWN),
                        "{\"type\":\"typing\",\"id\":%N,\"data\":{\"roomId\":\"own%R\",\"typing\":true}}",
                        9,
                        'a',
                        ACK.length());
            case "publish" ->
                plain(
                        "/",
                        List.of(JOIN_OWN),
                        "{\"type\":\"chat\",\"id\":%N,\"data\":{\"roomId\":\"own%R\",\"message\":\"%P\"}}",
                        9,
                        'a',
                        ACK.length());
            // A document of its own, in which 10,000 characters were typed, a hundred at a time.
            case "idle-docs" -> plain("/docs", typed(), "", 9, 'm', -1);
            // One unit is typed behind all that has been seen.
            case "edit" ->
                plain(
                        "/docs",
                        List.of(
                                new Step(
                                        "{\"type\":\"join_document\",\"data\":{\"documentId\":\"own%R\"}}",
                                        "{\"type\":\"document\""),
                                new Step(EDIT + "\"insert\":\"x\"}]},\"revision\":0}}", "{\"type\":\"operation\"")),
                        EDIT.replace("\"data\"", "\"id\":%N,\"data\"")
                                + "\"retain\":%V},{\"insert\":\"y\"}]},\"revision\":%V,\"clientId\":\"c%I\",\"seq\":%N}}",
                        9,
                        'a',
                        ACK.length());
            case "open-docs" ->
                plain(
                        "/docs",
                        List.of(new Step(
                                "{\"type\":\"join_document\",\"data\":{\"documentId\":\"paper\"}}",
                                "{\"type\":\"document\"")),
                        "",
                        9,
                        'm',
                        -1);
            case "sharedb-edit" ->
                shareDb(
                        List.of(
                                new Step("{\"a\":\"s\",\"c\":\"docs\",\"d\":\"own%R\",\"v\":null}", "{\"data\":"),
                                new Step(
                                        SHAREDB_OP
                                                + "\"v\":0,\"seq\":1,\"create\":{\"type\":\"http://sharejs.org/types/rich-text/v1\",\"data\":[{\"insert\":\"x\"}]}}",
                                        "{\"src\":")),
                        SHAREDB_OP + "\"v\":%V,\"seq\":%N,\"op\":[{\"retain\":%V},{\"insert\":\"y\"}]}");
            case "sharedb-open" ->
                shareDb(
                        List.of(new Step(
                                "{\"a\":\"s\",\"c\":\"docs\",\"d\":\"paper\",\"v\":null}", "{\"data\":{\"v\":1,")),
                        "");
            case "echo" ->
                plain(
                        "/echo",
                        List.of(),
                        ACK + "%N,\"data\":{\"roomId\":\"own%R\",\"pad\":\"%P\"}}",
                        9,
                        'a',
                        ACK.length());
            case "socketio-room" ->
                socketIo(
                        List.of(
                                new Step("", "0"),
                                new Step("40", "40"),
                                new Step("42[\"join_room\",{\"roomId\":\"bench\"}]", "42[\"joined\"")),
                        "42[\"message\",{\"roomId\":\"bench\",\"message\":\"" + MARKED + "\"}]",
                        'm',
                        -1);
            case "socketio-idle" ->
                socketIo(
                        List.of(
                                new Step("", "0"),
                                new Step("40", "40"),
                                new Step("42[\"join_room\",{\"roomId\":\"own%R\"}]", "42[\"joined\"")),
                        "",
                        'm',
                        -1);
            case "socketio-echo" ->
                socketIo(
                        List.of(new Step("", "0"), new Step("40", "40")),
                        "42[\"echo\",{\"id\":%N,\"data\":{\"roomId\":\"own%R\",\"pad\":\"%P\"}}]",
                        'e',
                        "42[\"echo\",{\"id\":".length());
            default -> throw new IllegalArgumentException("no such dialect: " + name);
        };
    }
}
