package dev.peal.docs.access;

import dev.peal.app.AppContext;
import dev.peal.app.Caller;
import dev.peal.app.HttpRoute;
import dev.peal.docs.DocumentRecords;
import dev.peal.docs.OpenDocuments;
import dev.peal.docs.Role;
import dev.peal.docs.access.SharedDocuments.Read;
import dev.peal.time.Owner;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Titles, roles and links in the application's store, and their routes. Thread-safe.
 *
 * <p>A change is in force for an open document before it is answered: its members are told and judged anew.
 */
public final class DocumentAccess implements DocumentRecords {
    private final boolean open;
    private volatile @Nullable AccessStores stores;

    /** @param open whether everybody edits every document (open mode) */
    public DocumentAccess(boolean open) {
        this.open = open;
    }

    @Override
    public void start(AppContext context, OpenDocuments documents) {
        stores = AccessStores.in(context, open, documents);
    }

    @Override
    public List<HttpRoute> routes() {
        AccessStores all = stores();
        return Stream.of(
                        new DocumentRoutes(all).all(),
                        new MemberRoutes(all).all(),
                        new LinkRoutes(all, all.clock()).all())
                .flatMap(List::stream)
                .toList();
    }

    @Override
    public void load(String documentId, Owner owner, Consumer<Found> done) {
        stores().documents().load(documentId, owner, read -> done.accept(found(read)));
    }

    @Override
    public void create(String documentId, Caller creator, Owner owner, Consumer<Found> done) {
        AccessStores all = stores();
        SharedDocument made = made(documentId, documentId, creator, all.clock().millis(), open);
        String userId = creator.userId();
        if (userId == null) {
            all.documents().create(made, owner, read -> done.accept(found(read)));
            return;
        }
        all.lists().add(userId, documentId, owner, listed -> {
            if (listed) {
                all.documents().create(made, owner, read -> done.accept(found(read)));
            } else {
                done.accept(new Found.Failed());
            }
        });
    }

    /** A new document; its id is its title until somebody gives it one. An unnamed creator, in open mode alone, leaves it without an owner. */
    static SharedDocument made(String documentId, String title, Caller creator, long nowMillis, boolean open) {
        SequencedMap<String, Member> members = new LinkedHashMap<>();
        String userId = creator.userId();
        if (userId != null) {
            members.put(userId, new Member(userId, creator.userName(), Role.OWNER, null));
        }
        return new SharedDocument(documentId, open, title, nowMillis, members, List.of(), false);
    }

    /** Whoever is let in has the document on the list; in open mode that is how it gets there. */
    @Override
    public void entered(String documentId, Caller caller) {
        AccessStores all = stores();
        String userId = caller.userId();
        if (userId != null) {
            Owner owner = all.owner(documentId);
            all.lists().add(userId, documentId, owner, listed -> {});
            all.documents().change(documentId, owner, document -> document.name(userId, caller.userName()), done -> {});
        }
    }

    @Override
    public void edited(String documentId, long revision, long timeMillis) {
        AccessStores all = stores();
        all.activity().edited(documentId, new Activity.Edit(revision, timeMillis), all.owner(documentId));
    }

    private static Found found(Read read) {
        return switch (read) {
            case Read.Found known -> new Found.Known(known.document());
            case Read.Absent absent -> new Found.Unknown();
            case Read.Failed failed -> new Found.Failed();
        };
    }

    private AccessStores stores() {
        AccessStores started = stores;
        if (started == null) {
            throw new IllegalStateException("not started");
        }
        return started;
    }
}
