package dev.peal.client.outbox;

import java.util.List;
import java.util.function.Consumer;

/** Keeps messages until they are done with. Called on the client's loop; answers by the executor it was made with. */
public interface Outbox extends AutoCloseable {
    /**
     * What an earlier program left, the oldest first. Called once, before all else.
     *
     * @throws OutboxException where it cannot be had
     */
    List<Outgoing> open();

    /** Keeps a message; then says whether it is kept as safely as this outbox can. In the order of the calls. */
    void keep(Outgoing message, Consumer<Boolean> kept);

    /** It is acknowledged, or refused for good. */
    void done(Outgoing message);

    /** Lets go; what is not done stays where it is. */
    @Override
    void close();
}
