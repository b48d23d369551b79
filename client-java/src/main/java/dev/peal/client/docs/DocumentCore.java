package dev.peal.client.docs;

import dev.peal.client.Line;
import dev.peal.client.PealException;
import dev.peal.client.json.Json;
import dev.peal.ot.Delta;
import dev.peal.ot.Document;
import dev.peal.ot.Selection;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A document's state in this program. Everything here happens on the client's loop. */
final class DocumentCore implements Line.User, DocumentSession.Owner {
    /** Who is told what happens to a document. */
    interface Listener {
        void changed(DocumentChange change);

        void state(DocumentState state);

        void cursors(Collection<RemoteCursor> cursors);

        void users(Collection<DocumentUser> users);

        void rejected(Delta operation, PealException why);
    }

    private static final int CLIENT_ID_BYTES = 12;
    private static final String WEBSOCKET = "websocket";

    private final Line line;
    private final String documentId;
    private final Listener listener;
    private final Replica replica = new Replica();
    private final UndoStack undo = new UndoStack();
    private final DocumentSession session;
    private final Company company;
    private final List<CompletableFuture<Long>> waiting = new ArrayList<>();
    private DocumentState state = DocumentState.OPENING;
    private Optional<Role> role = Optional.empty();
    private Optional<String> title = Optional.empty();
    private Optional<PealException> refusal = Optional.empty();
    private Optional<String> userId = Optional.empty();
    private boolean closed;

    DocumentCore(Line line, String documentId, Listener listener) {
        this.line = line;
        this.documentId = documentId;
        this.listener = listener;
        byte[] random = new byte[CLIENT_ID_BYTES];
        line.random().nextBytes(random);
        String clientId = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        this.session = new DocumentSession(line, documentId, clientId, replica, this);
        this.company = new Company(clientId, replica, listener);
    }

    Line line() {
        return line;
    }

    Document content() {
        return replica.shown();
    }

    boolean isSaved() {
        return replica.saved();
    }

    /** Whether there is anything to show. */
    boolean isOpen() {
        return session.opened();
    }

    // --- what a program asks for

    Delta edit(Function<Document, Delta> making) {
        if (closed
                || refusal.isPresent()
                || !session.opened()
                || role.filter(Role::writes).isEmpty()) {
            throw refusal.orElseGet(() -> new PealException("read_only", "Nothing can be written here now", false));
        }
        Delta change = making.apply(replica.shown());
        Document before = replica.shown();
        write(change, DocumentChange.Source.EDIT);
        undo.edited(change, before, line.loop().nanos() / 1_000_000);
        return change;
    }

    boolean turn(DocumentChange.Source source) {
        Optional<Delta> change =
                source == DocumentChange.Source.UNDO ? undo.undo(replica.shown()) : undo.redo(replica.shown());
        change.ifPresent(delta -> write(delta, source));
        return change.isPresent();
    }

    private void write(Delta change, DocumentChange.Source source) {
        replica.edit(change);
        company.moved(change);
        listener.changed(new DocumentChange(change, replica.shown(), source));
        session.flush();
        moved();
    }

    void whenSaved(CompletableFuture<Long> told) {
        if (closed) {
            told.completeExceptionally(new PealException("stopped", "The document is closed", false));
        } else if (refusal.isPresent()) {
            told.completeExceptionally(refusal.get());
        } else {
            waiting.add(told);
            tellSaved();
        }
    }

    void cursor(@Nullable Selection selection) {
        company.cursor(selection);
        sayCursor();
    }

    /** Asks once: an answer that the connection took with it is a failure that may be tried again. */
    void ask(String type, Consumer<ObjectNode> filling, BiConsumer<@Nullable JsonNode, @Nullable PealException> then) {
        ObjectNode data = Json.object().put("documentId", documentId);
        filling.accept(data);
        line.ask(type, data, answer -> {
            if (answer instanceof Line.Answer.Said said) {
                then.accept(said.message().path("data"), null);
            } else if (answer instanceof Line.Answer.Refused refused) {
                then.accept(null, refused.why());
            } else {
                then.accept(null, new PealException("timeout", "The connection went before the answer came", true));
            }
        });
    }

    void close() {
        closed = true;
        line.tell("leave_document", Json.object().put("documentId", documentId));
        session.disconnected();
        endWaiting(new PealException("stopped", "The document is closed", false));
        say();
    }

    // --- what the connection says

    @Override
    public void live(String transport, Optional<String> user) {
        userId = user;
        refusal = Optional.empty();
        if (transport.equals(WEBSOCKET)) {
            session.connected();
        } else {
            refused(new PealException("websocket_needed", "Documents need a WebSocket", false));
        }
        say();
    }

    @Override
    public void lost() {
        session.disconnected();
        say();
    }

    @Override
    public void over(PealException why) {
        session.disconnected();
        refused(why);
    }

    @Override
    public void push(ObjectNode message) {
        JsonNode data = message.path("data");
        if (closed || !data.path("documentId").asString("").equals(documentId)) {
            return;
        }
        switch (message.path("type").asString("")) {
            case "operation" -> session.received(data);
            case "cursor_position" -> company.told(data);
            case "user_joined" -> {
                company.came(DocumentWire.user(data));
                sayCursor();
            }
            case "user_left" -> company.left(DocumentWire.user(data));
            case "document_renamed" -> {
                title = DocumentWire.text(data, "title");
                say();
            }
            case "role_changed" -> roleChanged(data);
            case "document_deleted" -> refused(new PealException("not_found", "The document was deleted", false));
            default -> {}
        }
    }

    /** Without a role, the server's next word says what that means. */
    private void roleChanged(JsonNode data) {
        Optional<Role> other = Role.of(data.path("role").asString(""));
        if (other.isPresent() && DocumentWire.text(data, "userId").equals(userId)) {
            role = other;
            say();
        }
    }

    @Override
    public void joined(JsonNode data) {
        role = Role.of(data.path("role").asString(""));
        title = DocumentWire.text(data, "title");
        company.found(DocumentWire.users(data));
    }

    @Override
    public void changed(Delta change) {
        undo.passed(change);
        company.moved(change);
        listener.changed(new DocumentChange(change, replica.shown(), DocumentChange.Source.REMOTE));
    }

    @Override
    public void moved() {
        say();
        tellSaved();
        sayCursor();
    }

    @Override
    public void rejected(Delta operation, PealException why) {
        listener.rejected(operation, why);
    }

    @Override
    public void refused(PealException why) {
        refusal = Optional.of(why);
        endWaiting(why);
        say();
    }

    private void sayCursor() {
        if (session.joined()) {
            company.news().ifPresent(data -> line.tell("cursor_position", data.put("documentId", documentId)));
        }
    }

    private void tellSaved() {
        if (replica.saved() && session.joined() && !waiting.isEmpty()) {
            List<CompletableFuture<Long>> told = List.copyOf(waiting);
            waiting.clear();
            told.forEach(one -> one.complete(replica.revision()));
        }
    }

    private void endWaiting(PealException why) {
        List<CompletableFuture<Long>> told = List.copyOf(waiting);
        waiting.clear();
        told.forEach(one -> one.completeExceptionally(why));
    }

    private void say() {
        DocumentState now = new DocumentState(kind(), replica.saved(), role, title, replica.revision(), refusal);
        if (!now.equals(state)) {
            state = now;
            listener.state(now);
        }
    }

    private DocumentState.Kind kind() {
        if (closed) {
            return DocumentState.Kind.CLOSED;
        }
        if (refusal.isPresent()) {
            return DocumentState.Kind.REFUSED;
        }
        if (!session.opened()) {
            return DocumentState.Kind.OPENING;
        }
        return session.joined() ? DocumentState.Kind.LIVE : DocumentState.Kind.OFFLINE;
    }
}
