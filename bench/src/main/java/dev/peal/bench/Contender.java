package dev.peal.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A server that is measured, and how each load speaks to it. */
enum Contender {
    PEAL("Peal", true),
    WS("ws", false),
    SOCKET_IO("Socket.IO", false),
    VERTX("Vert.x", true),
    UNDERTOW("Undertow", true),
    JETTY("Jetty", true),
    SHAREDB("ShareDB", false);

    static final List<Contender> ALL = List.of(values());

    /** Those that have rooms. */
    static final List<Contender> ROOMS = List.of(PEAL, WS, SOCKET_IO, VERTX, UNDERTOW, JETTY);

    /** Those that have documents. */
    static final List<Contender> DOCUMENTS = List.of(PEAL, SHAREDB);

    private final String title;
    private final boolean jvm;

    Contender(String title, boolean jvm) {
        this.title = title;
        this.jvm = jvm;
    }

    String title() {
        return title;
    }

    /** Whether its live heap can be read. */
    boolean jvm() {
        return jvm;
    }

    /** Whether it runs on Node. */
    boolean node() {
        return this == WS || this == SOCKET_IO || this == SHAREDB;
    }

    String roomDialect() {
        return this == SOCKET_IO ? "socketio-room" : "room";
    }

    String idleDialect() {
        return this == SOCKET_IO ? "socketio-idle" : "idle";
    }

    /** Peal answers requests with an acknowledgement; the peers, which have none, echo a text of the same length. */
    String requestDialect() {
        return switch (this) {
            case PEAL -> "request";
            case SOCKET_IO -> "socketio-echo";
            case WS, VERTX, UNDERTOW, JETTY, SHAREDB -> "echo";
        };
    }

    String editDialect() {
        return this == SHAREDB ? "sharedb-edit" : "edit";
    }

    String openDialect() {
        return this == SHAREDB ? "sharedb-open" : "open-docs";
    }

    /**
     * The command that starts the server on that port.
     *
     * @param home the project's directory
     * @param data a new directory for what the server stores
     */
    List<String> command(int port, Path home, Path data) {
        return switch (this) {
            case PEAL -> PealCommand.serve(port, home, data);
            case WS -> node(home, "ws.js", port);
            case SOCKET_IO -> node(home, "socketio.js", port);
            case VERTX -> java("dev.peal.bench.peer.VertxPeer", port);
            case UNDERTOW -> java("dev.peal.bench.peer.UndertowPeer", port);
            case SHAREDB -> {
                List<String> command = new ArrayList<>(node(home, "sharedb.js", port));
                command.add(data.toString());
                yield command;
            }
            case JETTY -> java("dev.peal.bench.peer.JettyPeer", port);
        };
    }

    private static List<String> java(String main, int port) {
        return Jvm.command(System.getProperty("java.class.path"), main, Integer.toString(port));
    }

    private static List<String> node(Path home, String program, int port) {
        return List.of("node", home.resolve("bench/peers").resolve(program).toString(), Integer.toString(port));
    }
}
