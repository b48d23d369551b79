package dev.peal.docs;

import dev.peal.app.AppContext;
import dev.peal.app.Caller;
import dev.peal.log.RoomKey;
import dev.peal.time.Owner;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** The documents that are in memory or on their way there, by id. Thread-safe. */
final class Registry implements OpenDocuments {
    private final AppContext context;
    private final Erasure erasure;
    private final Map<String, Registered> byId = new ConcurrentHashMap<>();

    Registry(AppContext context, Erasure erasure) {
        this.context = context;
        this.erasure = erasure;
    }

    /** A document begins to be opened: what changes from now on is known to it. */
    Registered opening(String documentId) {
        Registered registered = new Registered(documentId);
        byId.put(documentId, registered);
        return registered;
    }

    void gone(Registered registered) {
        byId.remove(registered.documentId(), registered);
    }

    @Override
    public void changed(String documentId, DocumentRecord record) {
        Registered registered = byId.get(documentId);
        if (registered != null) {
            registered.changed(record);
            context.review(new RoomKey(DocsApp.KIND, documentId));
        }
    }

    @Override
    public void signal(String documentId, String type, byte[] data) {
        if (byId.containsKey(documentId)) {
            context.signal(new RoomKey(DocsApp.KIND, documentId), type, data);
        }
    }

    @Override
    public void deleting(String documentId, Owner owner, Consumer<Boolean> done) {
        erasure.announce(documentId, owner, done);
    }

    @Override
    public void deleted(String documentId) {
        erasure.erase(documentId);
    }

    /** Whether a caller has a role in a document that is open. */
    boolean mayStay(Caller caller, String documentId) {
        Registered registered = byId.get(documentId);
        return registered == null || registered.role(caller).isPresent();
    }
}
