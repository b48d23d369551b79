package dev.peal.client;

import dev.peal.client.json.Json;
import dev.peal.client.loop.Loop;
import java.util.function.Consumer;
import tools.jackson.databind.node.ObjectNode;

/**
 * Asks for a sign of life while a connection is live. Only the answer counts: pushes may still come from a server that hears nothing any more. Owned by the loop.
 */
final class Heartbeat {
    private final ClientSettings.Heartbeat settings;
    private final Loop loop;
    private final Consumer<ObjectNode> send;
    private final Runnable silent;
    private Loop.Timer ping = Loop.Timer.NONE;
    private Loop.Timer pong = Loop.Timer.NONE;

    Heartbeat(ClientSettings.Heartbeat settings, Loop loop, Consumer<ObjectNode> send, Runnable silent) {
        this.settings = settings;
        this.loop = loop;
        this.send = send;
        this.silent = silent;
    }

    void start() {
        stop();
        ping = loop.after(settings.pingEveryMillis(), this::ask);
    }

    void stop() {
        ping.cancel();
        pong.cancel();
    }

    void answered() {
        pong.cancel();
    }

    private void ask() {
        ping = loop.after(settings.pingEveryMillis(), this::ask);
        pong.cancel();
        pong = loop.after(settings.pongMillisMax(), silent);
        send.accept(Json.object().put("type", "ping"));
    }
}
