package dev.peal.client;

import dev.peal.client.outbox.Outbox;
import dev.peal.client.outbox.Outgoing;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** An outbox that outlives its client, in memory. */
final class DurableOutbox implements Outbox {
    private final Map<String, Outgoing> waiting = new LinkedHashMap<>();

    @Override
    public List<Outgoing> open() {
        return List.copyOf(waiting.values());
    }

    @Override
    public void keep(Outgoing message, Consumer<Boolean> kept) {
        waiting.put(message.messageId(), message);
        kept.accept(true);
    }

    @Override
    public void done(Outgoing message) {
        waiting.remove(message.messageId());
    }

    @Override
    public void close() {
        // what waits stays
    }
}
