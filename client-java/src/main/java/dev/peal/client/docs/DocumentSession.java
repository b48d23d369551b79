package dev.peal.client.docs;

import dev.peal.client.Line;
import dev.peal.client.PealException;
import dev.peal.client.json.Json;
import dev.peal.client.loop.Loop;
import dev.peal.ot.Delta;
import dev.peal.ot.Document;
import dev.peal.ot.json.DeltaJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One replica's talk with the server, across connections: joins behind what it knows, takes operations in order, sends its own one at a time and again until they are answered. An answer
 * of an earlier connection is none. Owned by the client's loop.
 */
final class DocumentSession {
    /** What a session tells its owner. */
    interface Owner {
        /** In the document: all that is known of it before the operations that follow. */
        void joined(JsonNode data);

        /** What is shown changed by this. */
        void changed(Delta change);

        /** Something went out or came in. */
        void moved();

        /** The server does not want it, ever: it was taken back. */
        void rejected(Delta operation, PealException why);

        /** Not in the document, for good as far as this connection goes. */
        void refused(PealException why);
    }

    private enum State {
        AWAY,
        JOINING,
        JOINED,
        REFUSED
    }

    /** The document as it came anew, while it is not known whether the operation in flight is in it. */
    private static final class Arrival {
        private final String epoch;
        private Document content;
        private long revision;

        private Arrival(String epoch, Document content, long revision) {
            this.epoch = epoch;
            this.content = content;
            this.revision = revision;
        }
    }

    /** What an operation that the server does not know how to place is answered with: the document has to be read anew. */
    private static final List<String> LOST_TOUCH = List.of("revision_unknown", "revision_pruned");

    private final Line line;
    private final String documentId;
    private final String clientId;
    private final Replica replica;
    private final Owner owner;
    private final List<JsonNode> early = new ArrayList<>();
    private State state = State.AWAY;
    private long turn;
    private int failures;
    private Loop.Timer again = Loop.Timer.NONE;
    private long until;
    private long sent;
    private long ownRevision;
    private @Nullable Arrival arrival;
    private Optional<Boolean> hasFlight = Optional.empty();
    private boolean opened;

    DocumentSession(Line line, String documentId, String clientId, Replica replica, Owner owner) {
        this.line = line;
        this.documentId = documentId;
        this.clientId = clientId;
        this.replica = replica;
        this.owner = owner;
    }

    /** Whether there is anything to show. */
    boolean opened() {
        return opened;
    }

    boolean joined() {
        return state == State.JOINED;
    }

    /** Signed in: behind what is known, or from the beginning. */
    void connected() {
        disconnected();
        ObjectNode data = asking();
        if (opened) {
            data.putObject("since").put("epoch", replica.epoch()).put("revision", replica.revision());
        }
        join(data);
    }

    void disconnected() {
        turn++;
        state = State.AWAY;
        sent = 0;
        arrival = null;
        early.clear();
        again.cancel();
    }

    /** The data of an {@code operation} push. */
    void received(JsonNode operation) {
        if (state == State.JOINING) {
            early.add(operation);
        } else if (state == State.JOINED) {
            take(operation);
        }
    }

    /** Sends what can be sent. */
    void flush() {
        if (state != State.JOINED || arrival != null || replica.revision() < until) {
            return;
        }
        replica.depart();
        send();
    }

    private ObjectNode asking() {
        return Json.object().put("documentId", documentId).put("clientId", clientId);
    }

    private void join(ObjectNode data) {
        long mine = ++turn;
        state = State.JOINING;
        sent = 0;
        arrival = null;
        line.ask("join_document", data, answer -> {
            if (mine == turn) {
                answered(answer);
            }
        });
    }

    /** Without a position: everything comes anew. */
    private void joinAnew(Optional<Boolean> flightIsIn) {
        early.clear();
        join(asking());
        hasFlight = flightIsIn;
    }

    private void answered(Line.Answer answer) {
        if (answer instanceof Line.Answer.Said said) {
            joined(said.message().path("data"));
        } else if (answer instanceof Line.Answer.Refused refused) {
            if (refused.why().retry()) {
                later(refused.afterMillis().orElseGet(() -> line.waitMillis(failures++)), this::connected);
            } else {
                refuse(refused.why());
            }
        }
    }

    private void refuse(PealException why) {
        turn++;
        state = State.REFUSED;
        owner.refused(why);
    }

    private void joined(JsonNode data) {
        failures = 0;
        state = State.JOINED;
        until = data.path("revision").asLong(0);
        ownRevision = 0;
        owner.joined(data);
        String epoch = data.path("epoch").asString("");
        if (data.path("recovered").asBoolean(false)) {
            replica.resumed(epoch);
        } else {
            arrived(epoch, DocumentWire.delta(data.path("content")).orElse(Delta.EMPTY), until);
        }
        List<JsonNode> waiting = List.copyOf(early);
        early.clear();
        waiting.forEach(this::received);
        owner.moved();
        flush();
    }

    /** The document came whole. Whether the operation in flight is in it, the server says when it is sent again. */
    private void arrived(String epoch, Delta content, long revision) {
        Document document = Document.of(content);
        arrival = new Arrival(epoch, document, revision);
        Optional<Boolean> known =
                hasFlight.or(() -> epoch.equals(replica.epoch()) ? Optional.empty() : looksIncluded(document));
        hasFlight = Optional.empty();
        if (replica.flight().isEmpty() || known.isPresent()) {
            settle(known.orElse(false));
        } else {
            send();
        }
    }

    /** Another history has no memory of operations: what the content shows is all there is to go by. */
    private Optional<Boolean> looksIncluded(Document content) {
        return Optional.of(replica.flight()
                .map(flight -> replica.confirmed().apply(flight.now()).equals(content))
                .orElse(false));
    }

    private void settle(boolean flightIsIn) {
        Arrival anew = arrival;
        if (anew == null) {
            return;
        }
        arrival = null;
        sent = 0;
        Delta change = replica.rebase(anew.content, anew.epoch, anew.revision, flightIsIn);
        opened = true;
        owner.changed(change);
        owner.moved();
        flush();
    }

    private void take(JsonNode operation) {
        long revision = operation.path("revision").asLong(0);
        Optional<Delta> change = DocumentWire.delta(operation.path("operation"));
        if (change.isEmpty()) {
            joinAnew(Optional.empty());
            return;
        }
        Arrival anew = arrival;
        if (anew != null) {
            takeIn(anew, revision, change.get());
            return;
        }
        boolean own = replica.flight().isPresent()
                && (revision == ownRevision
                        || operation.path("clientId").asString("").equals(clientId)
                                && operation.path("seq").asLong(0)
                                        == replica.flight().get().seq());
        Received received = replica.receive(revision, change.get(), own);
        if (received instanceof Received.Gap) {
            connected();
        } else if (received instanceof Received.Diverged) {
            joinAnew(Optional.of(true));
        } else if (!(received instanceof Received.Known)) {
            if (received instanceof Received.Remote remote) {
                owner.changed(remote.change());
            }
            owner.moved();
            flush();
        }
    }

    private void takeIn(Arrival anew, long revision, Delta change) {
        if (revision == anew.revision + 1) {
            anew.content = anew.content.apply(change);
            anew.revision = revision;
        } else if (revision > anew.revision + 1) {
            joinAnew(hasFlight);
        }
    }

    /** As it was sent first: the server knows by its number whether it has it. */
    private void send() {
        Optional<Flight> flight = replica.flight();
        if (flight.isEmpty() || flight.get().seq() == sent || state != State.JOINED) {
            return;
        }
        Flight going = flight.get();
        sent = going.seq();
        long mine = turn;
        ObjectNode data = asking().put("revision", going.revision()).put("seq", going.seq());
        data.set("operation", DeltaJson.tree(going.operation()));
        line.ask("operation", data, answer -> {
            boolean current = mine == turn
                    && replica.flight()
                            .map(Flight::seq)
                            .filter(seq -> seq == going.seq())
                            .isPresent();
            if (current) {
                answered(going, answer);
            }
        });
    }

    private void answered(Flight flight, Line.Answer answer) {
        if (answer instanceof Line.Answer.Said said) {
            acknowledged(said.message().path("data").path("offset").asLong(0));
        } else if (answer instanceof Line.Answer.Refused refused) {
            notTaken(flight, refused);
        }
    }

    /** Comes behind the operation itself, which said so already; alone, it answers one that was sent again. */
    private void acknowledged(long offset) {
        if (arrival != null) {
            settle(true);
        } else if (offset > replica.revision()) {
            ownRevision = offset;
        } else {
            joinAnew(Optional.of(true));
        }
    }

    private void notTaken(Flight flight, Line.Answer.Refused refused) {
        sent = 0;
        PealException why = refused.why();
        if (why.retry()) {
            later(refused.afterMillis().orElseGet(() -> line.waitMillis(failures++)), this::send);
        } else if (arrival != null) {
            settle(false);
        } else if (LOST_TOUCH.contains(why.code())) {
            joinAnew(Optional.of(false));
        } else if (why.code().equals("not_a_member")) {
            connected();
        } else if (why.code().equals("forbidden")) {
            refuse(why);
        } else {
            owner.changed(replica.reject());
            owner.rejected(flight.operation(), why);
            owner.moved();
            flush();
        }
    }

    private void later(long millis, Runnable then) {
        again.cancel();
        long mine = turn;
        again = line.loop().after(millis, () -> {
            if (mine == turn) {
                then.run();
            }
        });
    }
}
