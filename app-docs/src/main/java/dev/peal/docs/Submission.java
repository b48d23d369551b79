package dev.peal.docs;

import dev.peal.app.Outcome;
import dev.peal.log.Appended;
import dev.peal.ot.Delta;
import dev.peal.protocol.ErrorCode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One change on its way into a document: decided on the newest revision that is on its way itself, and decided anew where the log refuses what it was decided on.
 * Owned by the document's owner.
 */
final class Submission implements Outcome.AfterAppend {
    /** Tries before a change gives way: each was overtaken by another node. */
    static final int TRIES_MAX = 50;

    private final DocumentRoom room;
    private final Sender sender;
    private final Receipts.@Nullable Client client;
    private final Change change;
    private final long timeMillis;
    private Tail.@Nullable Pending pending;
    private boolean waited;
    private int tries;

    /** @param timeMillis when it was asked for */
    Submission(DocumentRoom room, Sender sender, Change change, long timeMillis) {
        this.room = room;
        this.sender = sender;
        this.client = sender.client();
        this.change = change;
        this.timeMillis = timeMillis;
    }

    /** What it leads to now: an {@link Outcome.Append} must be carried out before anything else is decided about the document. */
    Outcome decide() {
        if (room.broken()) {
            return Outcome.refuse(ErrorCode.UNAVAILABLE);
        }
        Receipts.Client by = client;
        if (by != null) {
            long known = room.receipts().revision(by, sender.seq());
            if (known > 0) {
                return new Outcome.Acknowledge(known);
            }
            if (!waited && room.tail().has(by, sender.seq())) {
                waited = true;
                return new Outcome.InTurn(this::decide); // what becomes of the first is known soon; else the log tells
            }
        }
        return switch (change.decide(room.recent(), room.revision(), room.tail(), room.head())) {
            case Change.Decision.Do decided -> append(decided.operation());
            case Change.Decision.No no -> Outcome.refuse(no.code());
            case Change.Decision.Read read ->
                new Outcome.Later(true, done -> room.catchUp(read.change(), this::decide, done));
        };
    }

    private Outcome append(Delta operation) {
        Text head = room.head();
        if (room.rules().checkFit(operation, head.marked()).isPresent()) {
            return Outcome.refuse(ErrorCode.INVALID_OPERATION);
        }
        Text after = head.apply(Marks.marked(operation, room.authors().number(sender.author())));
        byte[] data = StoredOperation.data(
                room.id(), after.revision(), sender.author(), sender.clientId(), sender.seq(), operation, timeMillis);
        Tail.Pending sent = new Tail.Pending(operation, after, data, client, sender.seq());
        pending = sent;
        room.tail().add(sent);
        return new Outcome.Append(StoredOperation.TYPE, data, false, head.revision(), messageId(), this);
    }

    /** What the log knows a repetition by, also one that comes after the document has forgotten it. */
    private @Nullable String messageId() {
        return client == null ? null : client.clientId() + '.' + sender.seq();
    }

    @Override
    public Optional<Outcome> appended(Appended appended) {
        Tail.Pending sent = pending;
        pending = null;
        if (sent == null || (appended instanceof Appended.Stored stored && !stored.duplicate())) {
            return Optional.empty(); // the document was told of the entry
        }
        room.tail().lost(sent);
        if (!(appended instanceof Appended.Conflict)) {
            return Optional.empty();
        }
        tries++;
        return Optional.of(tries < TRIES_MAX ? decide() : Outcome.refuse(ErrorCode.UNAVAILABLE));
    }
}
