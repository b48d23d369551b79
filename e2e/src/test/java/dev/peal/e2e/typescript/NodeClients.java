package dev.peal.e2e.typescript;

import dev.peal.protocol.Position;
import dev.peal.protocol.Recovery;
import dev.peal.testkit.history.Recording;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Clients of the TypeScript library in one Node process, which does as it is told and says what they see. Thread-safe. */
final class NodeClients implements AutoCloseable {
    /** Node 20 has a WebSocket behind this option; newer ones have it anyway. */
    private static final List<String> COMMAND =
            List.of("node", "--experimental-websocket", "src/test/node/clients.mjs");

    private static final JsonMapper JSON = JsonMapper.shared();

    private final Process process;
    private final BufferedWriter orders;
    private final Map<Integer, Ear> ears = new ConcurrentHashMap<>();
    private final AtomicInteger count = new AtomicInteger();
    private volatile @Nullable Throwable broken;

    /** Takes what one client says; called on the thread that reads. */
    interface Ear {
        void hear(JsonNode word);

        /** The process has ended, and says no more. */
        void broken(Throwable why);
    }

    private NodeClients(Process process) {
        this.process = process;
        orders = process.outputWriter(StandardCharsets.UTF_8);
    }

    static NodeClients start() throws IOException {
        // It ends with its input, so even where this JVM is killed.
        Process process = new ProcessBuilder(COMMAND)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        NodeClients all = new NodeClients(process);
        Thread.ofVirtual().start(all::hear);
        return all;
    }

    /** A client that goes to a room of a server in open mode. */
    NodeClient enter(String transport, int port, String user, String room, long seed) {
        NodeClient client = new NodeClient(number(), user + "-" + seed, room);
        listen(client.number, client);
        order(Map.of(
                "order",
                "enter",
                "client",
                client.number,
                "url",
                "http://127.0.0.1:" + port,
                "transport",
                transport,
                "user",
                user,
                "room",
                room,
                "seed",
                seed));
        return client;
    }

    /** Of a client to be. */
    int number() {
        return count.incrementAndGet();
    }

    void listen(int client, Ear ear) {
        ears.put(client, ear);
    }

    /** What a client says from now on is not heard; it ends. */
    void leave(int client) {
        ears.remove(client);
        order(Map.of("order", "leave", "client", client));
    }

    synchronized void order(Map<String, Object> order) {
        Throwable cause = broken;
        if (cause != null) {
            throw new AssertionError("the clients' process is no good", cause);
        }
        try {
            orders.write(JSON.writeValueAsString(order));
            orders.newLine();
            orders.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void hear() {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                JsonNode word = JSON.readTree(line);
                Ear ear = ears.get(word.path("client").asInt());
                if (ear != null) {
                    ear.hear(word);
                }
            }
            breaks(new IOException("it ended"));
        } catch (IOException | RuntimeException e) {
            breaks(e);
        }
    }

    private void breaks(Exception why) {
        broken = why;
        ears.values().forEach(ear -> ear.broken(why));
    }

    @Override
    public void close() throws IOException {
        orders.close();
        process.destroy();
    }

    /** One client in one room. */
    final class NodeClient extends Recording implements Ear {
        private final int number;

        NodeClient(int number, String name, String room) {
            super(name, room);
            this.number = number;
        }

        @Override
        public void publish() {
            order(Map.of("order", "publish", "client", number, "text", nextPayload()));
        }

        /** What it sees from now on is not heard. */
        void leave() {
            NodeClients.this.leave(number);
        }

        @Override
        public void broken(Throwable why) {
            // The next order says so.
        }

        @Override
        public void hear(JsonNode word) {
            word.propertyStream().forEach(said -> {
                JsonNode what = said.getValue();
                switch (said.getKey()) {
                    case "joined" -> joined(place(what), recovery(what));
                    case "entry" -> entry(what.get("offset").asLong(), text(what));
                    case "stored" -> stored(text(what), place(what));
                    case "refused" -> refused(text(what));
                    default -> {}
                }
            });
        }

        private static String text(JsonNode what) {
            return what.get("text").asString();
        }

        private static Position place(JsonNode what) {
            return new Position(what.get("epoch").asString(), what.get("offset").asLong());
        }

        private static Recovery recovery(JsonNode joined) {
            if (!joined.has("recovered")) {
                return Recovery.NOT_ASKED;
            }
            if (joined.get("recovered").asBoolean()) {
                return Recovery.COMPLETE;
            }
            String reason = joined.get("reason").asString().toUpperCase(Locale.ROOT);
            return new Recovery.Lost(
                    Recovery.Reason.valueOf(reason), joined.get("oldest").asLong());
        }
    }
}
