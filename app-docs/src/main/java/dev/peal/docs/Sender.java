package dev.peal.docs;

import dev.peal.app.Caller;
import org.jspecify.annotations.Nullable;

/**
 * Who sends a change, and what makes a repetition of it known.
 *
 * @param key whom the connection counts as, as the log has it
 * @param clientId null where the client gave none
 * @param seq 0 where the client gave none
 */
record Sender(String key, Author author, @Nullable String clientId, long seq) {
    /** @param claimed who a caller without a user says that it is */
    static Sender of(Caller caller, @Nullable String claimed, @Nullable String clientId, long seq) {
        Author author = new Author(caller.userIdOr(claimed), caller.userName());
        return new Sender(caller.who().key(), author, clientId, clientId == null ? 0 : seq);
    }

    /** Which client's operations it is counted among; null where it is not. */
    Receipts.@Nullable Client client() {
        return clientId == null || seq == 0 ? null : new Receipts.Client(key, clientId);
    }
}
