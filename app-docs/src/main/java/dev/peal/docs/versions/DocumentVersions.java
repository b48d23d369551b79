package dev.peal.docs.versions;

import dev.peal.app.Caller;
import dev.peal.app.Outcome;
import dev.peal.auth.RandomIds;
import dev.peal.docs.Companion;
import dev.peal.docs.OpenDocument;
import dev.peal.ot.Delta;
import dev.peal.protocol.ErrorCode;
import dev.peal.protocol.JsonWriter;
import dev.peal.protocol.VersionMessage;
import dev.peal.store.ScanRequest;
import dev.peal.store.Store;
import dev.peal.store.StoreKey;
import dev.peal.store.StoreRead;
import dev.peal.store.StoreWrite;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/** The named versions of one open document. Owned by the document's owner. */
final class DocumentVersions implements Companion {
    static final int VERSIONS_MAX = 1_000;

    static final String TABLE = "versions";
    private static final byte[] NOTHING = {};
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Comparator<Version> IN_ORDER =
            Comparator.comparingLong(Version::revision).thenComparingLong(Version::timeMillis);

    private final OpenDocument document;
    private final Store store;
    private final Map<String, Version> versions = new LinkedHashMap<>();

    /** Those whose rows are on their way. */
    private final Set<String> coming = new HashSet<>();

    private DocumentVersions(OpenDocument document, Store store) {
        this.document = document;
        this.store = store;
    }

    /** Loads a document's versions; nothing where they cannot be read. */
    static void open(OpenDocument document, Store store, Consumer<Optional<DocumentVersions>> done) {
        new DocumentVersions(document, store)
                .load(new ScanRequest(TABLE, document.id() + "/", "", ScanRequest.ROWS_MAX), done);
    }

    private void load(ScanRequest request, Consumer<Optional<DocumentVersions>> done) {
        store.scan(request, document.owner(), read -> {
            if (!(read instanceof StoreRead.Rows rows)) {
                done.accept(Optional.empty());
                return;
            }
            rows.rows().forEach(this::take);
            if (rows.more()) {
                load(request.after(rows.rows().getLast()), done);
            } else {
                done.accept(Optional.of(this));
            }
        });
    }

    private void take(StoreRead.Row row) {
        String versionId = row.key().substring(document.id().length() + 1);
        versions.put(versionId, Version.read(versionId, JSON.readTree(row.value())));
    }

    @Override
    public void applied(Delta operation, long revision) {
        // A name stays with its revision.
    }

    @Override
    public byte[] snapshot() {
        return NOTHING;
    }

    @Override
    public Set<Long> pinned() {
        return versions.values().stream().map(Version::revision).collect(Collectors.toSet());
    }

    byte[] all() {
        JsonWriter json = new JsonWriter(1_024)
                .object()
                .field("documentId", document.id())
                .field("revision", document.revision())
                .field("oldest", document.oldest())
                .array("versions");
        versions.values().stream()
                .sorted(IN_ORDER)
                .forEach(version -> version.write(json.object()).end());
        return json.end().end().bytes();
    }

    Outcome name(Caller caller, VersionMessage.Name message, long timeMillis) {
        long newest = document.revision();
        long revision = message.revision() == null ? newest : message.revision();
        if (revision > newest) {
            return Outcome.refuse(ErrorCode.REVISION_UNKNOWN);
        }
        if (revision < document.oldest()) {
            return Outcome.refuse(ErrorCode.REVISION_PRUNED);
        }
        String given = message.versionId();
        Version version = new Version(
                given == null ? RandomIds.next() : given,
                revision,
                message.name(),
                caller.userIdOr(message.userId()),
                caller.userName(),
                timeMillis);
        Version there = versions.get(version.versionId());
        if (there != null) {
            return there.repeats(version) ? new Outcome.Acknowledge(0) : Outcome.refuse(ErrorCode.MESSAGE_ID_REUSED);
        }
        if (versions.size() + coming.size() >= VERSIONS_MAX) {
            return Outcome.refuse(ErrorCode.LIMIT_REACHED);
        }
        // The same one twice at once: the second is told when the first is there.
        return coming.add(version.versionId())
                ? new Outcome.Later(true, done -> put(version, done))
                : Outcome.refuse(ErrorCode.CONFLICT);
    }

    private void put(Version version, Consumer<Outcome> done) {
        StoreKey key = new StoreKey(TABLE, document.id() + "/" + version.versionId());
        byte[] row = version.write(new JsonWriter(256).object()).end().bytes();
        store.put(key, row, Store.ABSENT, document.owner(), written -> {
            coming.remove(version.versionId());
            switch (written) {
                case StoreWrite.Done stored -> {
                    versions.put(version.versionId(), version);
                    done.accept(new Outcome.Signal("version", told(version), false));
                }
                case StoreWrite.Conflict taken -> done.accept(Outcome.refuse(ErrorCode.CONFLICT));
                case StoreWrite.Unavailable unavailable -> done.accept(Outcome.refuse(ErrorCode.UNAVAILABLE));
            }
        });
    }

    private byte[] told(Version version) {
        JsonWriter json = new JsonWriter(256).object().field("documentId", document.id());
        return version.write(json.object("version")).end().end().bytes();
    }
}
