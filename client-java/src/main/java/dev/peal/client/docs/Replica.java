package dev.peal.client.docs;

import dev.peal.ot.Delta;
import dev.peal.ot.Document;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One's copy of a document: what the server confirmed, then at most one operation in flight, then all later edits as one (Nichols and others, "High-Latency, Low-Bandwidth Windowing in
 * the Jupiter Collaboration System", 1995, and Wave's client after it). What the server says was first; both sides transform the same pairs, so they end alike:
 *
 * <pre>
 *     confirmed ∘ flight ∘ buffer = shown
 *     confirmed ∘ op, then flight' = op.transform(flight, true), op' = flight.transform(op, false), and the same with buffer
 * </pre>
 *
 * <p>Pure but for its own state. Owned by the client's loop.
 */
final class Replica {
    private String epoch = "";
    private long revision;
    private Document confirmed = Document.EMPTY;
    private Document shown = Document.EMPTY;
    private @Nullable Flight flight;
    private Delta buffer = Delta.EMPTY;
    private long seq;

    String epoch() {
        return epoch;
    }

    /** Operations of the server's that are in here. */
    long revision() {
        return revision;
    }

    Document confirmed() {
        return confirmed;
    }

    Document shown() {
        return shown;
    }

    Optional<Flight> flight() {
        return Optional.ofNullable(flight);
    }

    Delta buffer() {
        return buffer;
    }

    boolean saved() {
        return flight == null && buffer.isEmpty();
    }

    /** @throws IllegalArgumentException if the change does not fit what is shown */
    void edit(Delta change) {
        shown = shown.apply(change);
        buffer = buffer.compose(change);
    }

    /** What is to be sent now; nothing where something is on its way, or nothing is to be said. */
    Optional<Flight> depart() {
        if (flight != null || buffer.isEmpty()) {
            return Optional.empty();
        }
        flight = new Flight(++seq, revision, buffer, buffer);
        buffer = Delta.EMPTY;
        return Optional.of(flight);
    }

    /** @param own whether it is known to be the one in flight */
    Received receive(long number, Delta change, boolean own) {
        if (number <= revision) {
            return new Received.Known();
        }
        if (number > revision + 1) {
            return new Received.Gap();
        }
        Flight flying = flight;
        if (own && flying != null) {
            if (!change.equals(flying.now())) {
                return new Received.Diverged();
            }
            confirm(change, number);
            flight = null;
            return new Received.Own();
        }
        confirm(change, number);
        return new Received.Remote(pass(change));
    }

    /**
     * The document begins anew here, with what is pending on it as far as that still has a place.
     *
     * @param hasFlight whether the operation in flight is in {@code content}
     * @return what that changes in what is shown
     */
    Delta rebase(Document content, String newEpoch, long newRevision, boolean hasFlight) {
        Flight flying = flight;
        if (flying != null && hasFlight) {
            confirmed = confirmed.apply(flying.now());
        } else if (flying != null) {
            buffer = flying.now().compose(buffer);
        }
        flight = null;
        Delta difference = confirmed.diff(content);
        epoch = newEpoch;
        revision = newRevision;
        confirmed = content;
        return pass(difference);
    }

    /** Goes on under the same history, from the same place. */
    void resumed(String sameEpoch) {
        epoch = sameEpoch;
    }

    /** Takes the operation in flight back, which the server does not want. Returns what that changes in what is shown. */
    Delta reject() {
        Flight flying = flight;
        flight = null;
        return flying == null ? Delta.EMPTY : pass(confirmed.invert(flying.now()));
    }

    private void confirm(Delta change, long number) {
        confirmed = confirmed.apply(change);
        revision = number;
    }

    /** Takes a change of what is confirmed past what is pending. */
    private Delta pass(Delta change) {
        Delta passed = change;
        Flight flying = flight;
        if (flying != null) {
            flight = flying.moved(passed.transform(flying.now(), true));
            passed = flying.now().transform(passed, false);
        }
        Delta before = buffer;
        buffer = passed.transform(before, true);
        passed = before.transform(passed, false);
        shown = shown.apply(passed);
        return passed;
    }
}
