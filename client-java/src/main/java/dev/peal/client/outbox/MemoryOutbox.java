package dev.peal.client.outbox;

import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** Keeps nothing that the client does not keep itself: lost with the program. */
public final class MemoryOutbox implements Outbox {
    private final Executor answers;

    public MemoryOutbox(Executor answers) {
        this.answers = answers;
    }

    @Override
    public List<Outgoing> open() {
        return List.of();
    }

    @Override
    public void keep(Outgoing message, Consumer<Boolean> kept) {
        answers.execute(() -> kept.accept(true));
    }

    @Override
    public void done(Outgoing message) {
        // nothing was written
    }

    @Override
    public void close() {
        // nothing is open
    }
}
