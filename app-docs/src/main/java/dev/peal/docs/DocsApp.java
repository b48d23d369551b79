package dev.peal.docs;

import dev.peal.app.App;
import dev.peal.app.AppContext;
import dev.peal.app.Caller;
import dev.peal.app.HttpRoute;
import dev.peal.app.MessageType;
import dev.peal.app.Outcome;
import dev.peal.hub.Residents;
import dev.peal.hub.RoomKind;
import dev.peal.hub.SlowPolicy;
import dev.peal.log.RoomKey;
import dev.peal.protocol.DocumentMessage.CursorPosition;
import dev.peal.protocol.DocumentMessage.JoinDocument;
import dev.peal.protocol.DocumentMessage.LeaveDocument;
import dev.peal.protocol.DocumentMessage.Operation;
import dev.peal.protocol.DocumentMessage.Restore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Documents that several people edit: {@code join_document}, {@code leave_document}, {@code operation}, {@code cursor_position}, {@code document_at},
 * {@code restore}, {@code authorship}, {@code history_of}, and what its companions add.
 */
public final class DocsApp implements App {
    /** The kind of documents' rooms. */
    public static final String KIND = "docs";

    private static final RoomKind ROOMS = new RoomKind(KIND, "documentId", SlowPolicy.DISCONNECT, true);

    private final DocsConfig config;
    private final DocumentRecords records;
    private final List<Companions> companions;
    private final Executor executor;
    private volatile @Nullable DocsServices services;

    private DocsApp(Builder builder) {
        this.config = builder.config;
        this.records = builder.records;
        this.companions = List.copyOf(builder.companions);
        this.executor = builder.executor;
    }

    /** Documents that everybody may edit, with the usual limits and no companions. */
    public static Builder builder() {
        return new Builder();
    }

    /** Gathers what documents are to be. Not thread-safe. */
    public static final class Builder {
        private final List<Companions> companions = new ArrayList<>();
        private DocsConfig config = DocsConfig.DEFAULT;
        private DocumentRecords records = new EveryoneEdits();
        private Executor executor = new Background();

        private Builder() {}

        public Builder config(DocsConfig limits) {
            config = limits;
            return this;
        }

        /** Sets where titles and rights are kept. */
        public Builder records(DocumentRecords kept) {
            records = kept;
            return this;
        }

        /** Adds something that is kept beside each document. */
        public Builder companions(Companions kept) {
            companions.add(kept);
            return this;
        }

        /** Sets what encodes snapshots; one thread of its own, where nothing is said. */
        public Builder executor(Executor other) {
            executor = other;
            return this;
        }

        public DocsApp build() {
            return new DocsApp(this);
        }
    }

    @Override
    public RoomKind kind() {
        return ROOMS;
    }

    @Override
    public String path() {
        return "/docs";
    }

    @Override
    public boolean webSocketOnly() {
        return true;
    }

    @Override
    public boolean keepsLogs() {
        return true;
    }

    @Override
    public List<MessageType<?>> messages() {
        Edits edits = new Edits(config);
        List<MessageType<?>> messages = new ArrayList<>(List.of(
                MessageType.of("join_document", JoinDocument::read, JoinDocument::documentId, new Joins(records)::join),
                MessageType.of(
                        "leave_document",
                        LeaveDocument::read,
                        LeaveDocument::documentId,
                        (caller, room, message) -> new Outcome.Leave()),
                MessageType.of("operation", Operation::read, Operation::documentId, edits::operation),
                MessageType.of("restore", Restore::read, Restore::documentId, edits::restore),
                DocumentMessages.of(
                        "cursor_position",
                        Role.READER,
                        CursorPosition::read,
                        CursorPosition::documentId,
                        Cursors::cursor)));
        messages.addAll(new Histories(this::services).messages());
        companions.forEach(kept -> messages.addAll(kept.messages()));
        return messages;
    }

    @Override
    public List<HttpRoute> routes() {
        return records.routes();
    }

    @Override
    public Optional<Residents> residents() {
        return Optional.of((room, done) -> DocumentOpening.open(room, services(), done));
    }

    /** The log of a document takes operations alone, and those from who edits it. */
    @Override
    public Optional<byte[]> publish(RoomKey room, String type, ObjectNode data, long timeMillis) {
        return Optional.empty();
    }

    @Override
    public boolean mayStay(Caller caller, RoomKey room) {
        return services().registry().mayStay(caller, room.id());
    }

    @Override
    public void start(AppContext context) {
        Erasure erasure = new Erasure(context, records, companions);
        Registry registry = new Registry(context, erasure);
        Snapshots snapshots = new Snapshots(context::read, context.store(), executor);
        services = new DocsServices(context, config, records, registry, erasure, snapshots, companions);
        records.start(context, registry);
        companions.forEach(kept -> kept.start(context));
        erasure.resume();
    }

    private DocsServices services() {
        DocsServices started = services;
        if (started == null) {
            throw new IllegalStateException("not started");
        }
        return started;
    }
}
