package dev.peal.client.docs;

import dev.peal.client.Line;
import dev.peal.client.PealClient;
import dev.peal.client.PealException;
import dev.peal.ot.Delta;
import dev.peal.ot.Document;
import dev.peal.ot.Selection;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One document, open in this program: what is shown is changed at once, and is brought together with what others do. Thread-safe; listeners are called on the client's callback executor,
 * one after the other.
 *
 * <pre>{@code
 * try (PealClient client = PealClient.builder("https://peal.example").path("/docs").tokens(myTokens).connect();
 *         LiveDocument document = LiveDocument.open(client, "minutes")) {
 *     document.onChange(change -> System.out.println(change.after().text()));
 *     document.edit(shown -> Delta.builder().insert("Hello. ").build()).join();
 *     document.saved().join();
 * }
 * }</pre>
 */
public final class LiveDocument implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(LiveDocument.class.getName());

    private final String documentId;
    private final PealClient client;
    private final CompletableFuture<DocumentCore> core = new CompletableFuture<>();
    private final List<Consumer<DocumentChange>> onChange = new CopyOnWriteArrayList<>();
    private final List<Consumer<DocumentState>> onState = new CopyOnWriteArrayList<>();
    private final List<Consumer<Collection<RemoteCursor>>> onCursors = new CopyOnWriteArrayList<>();
    private final List<Consumer<Collection<DocumentUser>>> onUsers = new CopyOnWriteArrayList<>();
    private final List<Consumer<Rejected>> onRejected = new CopyOnWriteArrayList<>();
    private volatile DocumentState state = DocumentState.OPENING;
    private volatile Document content = Document.EMPTY;

    /** The server refused an edit for good, and it was taken back; here it is, so that nobody has to lose it. */
    public record Rejected(Delta operation, PealException why) {}

    private LiveDocument(PealClient client, String documentId) {
        this.client = client;
        this.documentId = documentId;
    }

    /** Opens a document, which is made where there is none, with a client of the path {@code /docs} or {@code /}. */
    public static LiveDocument open(PealClient client, String documentId) {
        LiveDocument document = new LiveDocument(client, documentId);
        client.attach(line -> {
            DocumentCore made = new DocumentCore(line, documentId, document.new Told(line));
            document.core.complete(made);
            return made;
        });
        return document;
    }

    public String documentId() {
        return documentId;
    }

    public DocumentState state() {
        return state;
    }

    /** As it is shown, own edits included. */
    public Document content() {
        return content;
    }

    /**
     * Changes what is shown, at once; it is sent when it can be.
     *
     * @param change makes the change of what is shown; called on the client's loop, so that nothing comes between
     * @return the change; fails with {@code read_only} where one may not write, with {@link IllegalArgumentException} where it does not fit
     */
    public CompletableFuture<Delta> edit(Function<Document, Delta> change) {
        return onLoop((loop, result) -> result.complete(loop.edit(change)));
    }

    /** As {@link #edit(Function)}, with a change that fits what is shown when it is its turn. */
    public CompletableFuture<Delta> edit(Delta change) {
        return edit(shown -> change);
    }

    /** Takes the last own edit back, whatever others did since. False where there is none. */
    public CompletableFuture<Boolean> undo() {
        return onLoop((loop, result) -> result.complete(loop.turn(DocumentChange.Source.UNDO)));
    }

    public CompletableFuture<Boolean> redo() {
        return onLoop((loop, result) -> result.complete(loop.turn(DocumentChange.Source.REDO)));
    }

    /** Ends when the server has every edit that was made until now, however many connections that takes. */
    public CompletableFuture<Long> saved() {
        return onLoop((loop, result) -> loop.whenSaved(result));
    }

    /** Where one is, for the others to see; null: nowhere. */
    public void cursor(@Nullable Selection selection) {
        core.thenAccept(loop -> loop.line().loop().execute(() -> loop.cursor(selection)));
    }

    /** The content at a revision. */
    public CompletableFuture<Document> contentAt(long revision) {
        return ask(
                "document_at",
                data -> data.put("revision", revision),
                answer -> Document.of(DocumentWire.delta(answer.path("content")).orElse(Delta.EMPTY)));
    }

    /** Makes the newest content what it was at a revision: an edit like any other. */
    public CompletableFuture<Void> restore(long revision) {
        return saved().thenCompose(
                        any -> ask("restore", data -> data.put("revision", revision), answer -> (Void) null));
    }

    /** Gives the document as the server has it a name. */
    public CompletableFuture<Void> nameVersion(String name) {
        return saved().thenCompose(any -> ask("version", data -> data.put("name", name), answer -> (Void) null));
    }

    /** Any other question about the document ({@code comments}, {@code versions}, {@code history_of}, {@code authorship}, …): the {@code data} of its answer. */
    public CompletableFuture<JsonNode> ask(String type, Consumer<tools.jackson.databind.node.ObjectNode> data) {
        return ask(type, data, answer -> answer);
    }

    /** Called with everything that changes what is shown. */
    public LiveDocument onChange(Consumer<DocumentChange> listener) {
        onChange.add(listener);
        return this;
    }

    public LiveDocument onState(Consumer<DocumentState> listener) {
        onState.add(listener);
        return this;
    }

    /** Called with where the others are. */
    public LiveDocument onCursors(Consumer<Collection<RemoteCursor>> listener) {
        onCursors.add(listener);
        return this;
    }

    /** Called with who has the document open. */
    public LiveDocument onUsers(Consumer<Collection<DocumentUser>> listener) {
        onUsers.add(listener);
        return this;
    }

    public LiveDocument onRejected(Consumer<Rejected> listener) {
        onRejected.add(listener);
        return this;
    }

    /** Leaves. What is not saved by then is lost with the program: {@link #saved} tells. */
    @Override
    public void close() {
        core.thenAccept(loop -> {
            client.detach(loop);
            loop.line().loop().execute(loop::close);
        });
    }

    private <T> CompletableFuture<T> ask(
            String type, Consumer<tools.jackson.databind.node.ObjectNode> data, Function<JsonNode, T> parse) {
        return onLoop((loop, result) -> loop.ask(type, data, (answer, failure) -> {
            if (answer == null) {
                result.completeExceptionally(failure);
            } else {
                result.complete(parse.apply(answer));
            }
        }));
    }

    private interface Step<T> {
        void run(DocumentCore loop, CompletableFuture<T> result);
    }

    /** On the loop; what the future's users do runs as a callback. */
    private <T> CompletableFuture<T> onLoop(Step<T> step) {
        CompletableFuture<T> told = new CompletableFuture<>();
        core.thenAccept(loop -> loop.line().loop().execute(() -> {
            CompletableFuture<T> result = new CompletableFuture<>();
            result.whenComplete((value, failure) -> loop.line().callbacks().execute(() -> {
                if (failure == null) {
                    told.complete(value);
                } else {
                    told.completeExceptionally(failure);
                }
            }));
            try {
                step.run(loop, result);
            } catch (RuntimeException e) {
                result.completeExceptionally(e); // the caller's change, or the caller's role
            }
        }));
        return told;
    }

    /** Passes on what happens. */
    private final class Told implements DocumentCore.Listener {
        private final Line line;

        private Told(Line line) {
            this.line = line;
        }

        @Override
        public void changed(DocumentChange change) {
            content = change.after();
            tell(onChange, change);
        }

        @Override
        public void state(DocumentState now) {
            state = now;
            tell(onState, now);
        }

        @Override
        public void cursors(Collection<RemoteCursor> now) {
            tell(onCursors, now);
        }

        @Override
        public void users(Collection<DocumentUser> now) {
            tell(onUsers, now);
        }

        @Override
        public void rejected(Delta operation, PealException why) {
            tell(onRejected, new Rejected(operation, why));
        }

        private <T> void tell(List<Consumer<T>> listeners, T what) {
            for (Consumer<T> listener : listeners) {
                line.callbacks().execute(() -> {
                    try {
                        listener.accept(what);
                    } catch (RuntimeException e) {
                        LOG.log(System.Logger.Level.WARNING, "a listener of a document failed", e);
                    }
                });
            }
        }
    }
}
