package dev.peal.docs;

import dev.peal.app.Caller;
import dev.peal.app.Outcome;
import dev.peal.hub.OpenRoom;
import dev.peal.hub.Resident;
import dev.peal.log.Entry;
import dev.peal.log.LogRead;
import dev.peal.ot.Delta;
import dev.peal.ot.Document;
import dev.peal.ot.DocumentRules;
import dev.peal.ot.Selection;
import dev.peal.protocol.ErrorCode;
import dev.peal.time.Owner;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One document in memory: its text as stored, what is on its way, what came lately. Owned by its room's owner; only its record is read elsewhere.
 *
 * <p>The log is the document. Whatever is stored is applied here as it comes ({@link #entry}), whoever sent it; what this node sends itself was applied before, in the
 * {@link Tail}, and only moves over.
 */
final class DocumentRoom implements Resident, OpenDocument {
    private static final Logger LOG = LoggerFactory.getLogger(DocumentRoom.class);
    private final OpenRoom room;
    private final DocsServices services;
    private final Authors authors;
    private final Receipts receipts;
    private final Recent recent;
    private final Tail tail = new Tail();
    private final Map<String, Companion> companions = new LinkedHashMap<>();
    private final SnapshotRhythm rhythm;
    private final Registered registered;
    private Text text;
    private @Nullable Entry newest;
    private long editedMillis;
    private boolean broken;

    /** As of a snapshot, without companions; the operations behind it come by {@link #apply}, and then {@link #entry}. */
    DocumentRoom(OpenRoom room, DocsServices services, Registered registered, Snapshot snapshot) {
        this.room = room;
        this.services = services;
        this.registered = registered;
        this.authors = new Authors(snapshot.authors());
        this.receipts = new Receipts(services.config().clientsKept());
        this.receipts.addAll(snapshot.receipts());
        this.text = snapshot.text();
        this.recent = new Recent(
                text.revision(),
                services.config().recentOperations(),
                services.config().recentOps());
        this.rhythm = new SnapshotRhythm(services.config(), text.revision());
    }

    // As its companions see it.

    @Override
    public String id() {
        return room.key().id();
    }

    @Override
    public Owner owner() {
        return room.owner();
    }

    @Override
    public String epoch() {
        return room.epoch();
    }

    @Override
    public Optional<Role> role(Caller caller) {
        return registered.role(caller);
    }

    @Override
    public long revision() {
        return text.revision();
    }

    @Override
    public long oldest() {
        return room.oldest() - 1;
    }

    @Override
    public Document content() {
        return Document.of(text.content());
    }

    @Override
    public Document positions() {
        return text.marked();
    }

    @Override
    public Optional<Selection> moved(Selection selection, long revision) {
        return recent.moved(selection, revision, "");
    }

    @Override
    public <C extends Companion> C companion(Class<C> type) {
        return companions.values().stream()
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no companion is a " + type.getName()));
    }

    // As the authority sees it.

    /** As stored. */
    Text text() {
        return text;
    }

    /** With all that is on its way. */
    Text head() {
        return tail.head(text);
    }

    Tail tail() {
        return tail;
    }

    Recent recent() {
        return recent;
    }

    Receipts receipts() {
        return receipts;
    }

    Authors authors() {
        return authors;
    }

    DocumentRules rules() {
        return services.config().rules();
    }

    /** Whether its log holds what is no operation on it, so that nothing more can be done with it. */
    boolean broken() {
        return broken;
    }

    /** What is known of it beside its text. */
    Registered registered() {
        return registered;
    }

    void companion(String name, Companion companion) {
        companions.put(name, companion);
    }

    // What is stored.

    /** All that was stored before was applied: from now on it counts as edited. */
    void ready() {
        editedMillis = 0;
    }

    @Override
    public void entry(Entry entry) {
        if (broken) {
            return;
        }
        Tail.Pending own = tail.stored(entry.data());
        if (own != null && own.after().revision() == entry.offset()) {
            advance(own.delta(), own.after(), entry, own.client(), own.seq());
        } else if (!apply(entry)) {
            broken = true;
            LOG.error("the document {} has an entry {} that is no operation on it", id(), entry.offset());
        }
        if (rhythm.due(text, services.context().clock().nanos())) {
            takeSnapshot();
        }
    }

    /** Applies what is stored; false where it is no operation on the document. */
    boolean apply(Entry entry) {
        StoredOperation operation = StoredOperation.read(entry).orElse(null);
        if (operation == null || entry.offset() != text.revision() + 1) {
            return false;
        }
        Text after;
        try {
            after = text.apply(Marks.marked(operation.delta(), authors.number(operation.author())));
        } catch (IllegalArgumentException e) {
            return false; // it reaches beyond the end
        }
        advance(operation.delta(), after, entry, operation.client(), operation.seq());
        return true;
    }

    private void advance(Delta delta, Text after, Entry entry, Receipts.@Nullable Client client, long seq) {
        text = after;
        newest = entry;
        editedMillis = entry.timeMillis();
        recent.add(delta, entry.sender());
        if (client != null) {
            receipts.add(client, seq, after.revision());
        }
        for (Companion companion : companions.values()) {
            companion.applied(delta, after.revision());
        }
    }

    @Override
    public void closed() {
        services.registry().gone(registered);
        companions.values().forEach(Companion::closed);
        if (registered.deleted()) {
            return;
        }
        if (editedMillis > 0) {
            services.records().edited(id(), revision(), editedMillis);
        }
        if (rhythm.worthIt(text) && !broken) {
            takeSnapshot();
        }
    }

    private void takeSnapshot() {
        Entry last = newest;
        if (last == null || registered.deleted()) {
            return;
        }
        Map<String, byte[]> parts = new LinkedHashMap<>();
        companions.forEach((name, companion) -> parts.put(name, companion.snapshot()));
        rhythm.began(text, services.context().clock().nanos());
        services.records().edited(id(), revision(), editedMillis);
        Set<Long> pinned = new HashSet<>();
        companions.values().forEach(companion -> pinned.addAll(companion.pinned()));
        Snapshot snapshot = new Snapshot(text, authors.all(), receipts.all(), parts);
        services.snapshots().save(room, snapshot, last, pinned, kept -> {
            rhythm.ended();
            if (registered.deleted()) {
                services.erasure().erase(id()); // it was on its way when the rest went
            } else if (kept) {
                new Pruning(services).prune(room, pinned);
            }
        });
    }

    // What has to be read.

    /** Brings a change up to what is in memory, and then decides it. */
    void catchUp(Change.Made change, Supplier<Outcome> decision, Consumer<Outcome> done) {
        services.context().read(Past.page(room, change.revision()), owner(), read -> {
            if (!(read instanceof LogRead.Complete page) || page.entries().isEmpty()) {
                boolean gone = read instanceof LogRead.Truncated || read instanceof LogRead.OtherEpoch;
                done.accept(Outcome.refuse(gone ? ErrorCode.REVISION_PRUNED : ErrorCode.UNAVAILABLE));
                return;
            }
            for (Entry entry : page.entries()) {
                if (recent.reaches(change.revision())) {
                    break;
                }
                StoredOperation operation = StoredOperation.read(entry).orElse(null);
                if (operation == null || !change.pass(operation.delta())) {
                    done.accept(Outcome.refuse(ErrorCode.REVISION_PRUNED));
                    return;
                }
            }
            if (recent.reaches(change.revision())) {
                done.accept(new Outcome.InTurn(decision));
            } else {
                catchUp(change, decision, done);
            }
        });
    }

    /** Reads the text of a revision that the document has. */
    void textAt(long revision, Consumer<Past.Found> done) {
        if (revision == text.revision()) {
            done.accept(new Past.Found.There(text));
        } else {
            Past.read(room, services, revision, done);
        }
    }
}
