package dev.peal.client.docs;

import dev.peal.client.json.Json;
import dev.peal.ot.Delta;
import dev.peal.ot.Selection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Who else has a document open, and where everybody is in what is shown. Owned by the client's loop. */
final class Company {
    private final String clientId;
    private final Replica replica;
    private final DocumentCore.Listener listener;
    private final Set<DocumentUser> users = new LinkedHashSet<>();
    private final Map<String, RemoteCursor> cursors = new LinkedHashMap<>();
    private @Nullable Selection own;
    /** Where the others see one, in what is shown. */
    private @Nullable Selection told;

    Company(String clientId, Replica replica, DocumentCore.Listener listener) {
        this.clientId = clientId;
        this.replica = replica;
        this.listener = listener;
    }

    void found(List<DocumentUser> here) {
        users.clear();
        users.addAll(here);
        told = null;
        cursors.values().removeIf(cursor -> here.stream().noneMatch(user -> isOf(cursor, user)));
        listener.users(List.copyOf(users));
        listener.cursors(List.copyOf(cursors.values()));
    }

    void came(DocumentUser user) {
        users.add(user);
        told = null; // whoever came has not heard it
        listener.users(List.copyOf(users));
    }

    void left(DocumentUser user) {
        users.removeIf(one -> one.userId().equals(user.userId()));
        listener.users(List.copyOf(users));
        if (cursors.values().removeIf(cursor -> isOf(cursor, user))) {
            listener.cursors(List.copyOf(cursors.values()));
        }
    }

    private static boolean isOf(RemoteCursor cursor, DocumentUser user) {
        return cursor.userId().equals(user.userId());
    }

    /** Somebody says where they are in what the server confirmed. */
    void told(JsonNode data) {
        DocumentUser user = DocumentWire.user(data);
        String id = DocumentWire.text(data, "clientId").orElse(user.userId().orElse(""));
        if (id.equals(clientId)) {
            return;
        }
        Optional<Selection> place = DocumentWire.selection(data.path("position"));
        if (place.isEmpty()) {
            cursors.remove(id);
        } else {
            Selection shown = place.get();
            if (replica.flight().isPresent()) {
                shown = shown.transform(replica.flight().get().now(), false);
            }
            shown = shown.transform(replica.buffer(), false);
            cursors.put(id, new RemoteCursor(id, user.userId(), user.userName(), shown));
        }
        listener.cursors(List.copyOf(cursors.values()));
    }

    /** What is shown changed. */
    void moved(Delta change) {
        if (own != null) {
            own = own.transform(change, false);
        }
        if (told != null) {
            told = told.transform(change, false);
        }
        if (!cursors.isEmpty()) {
            cursors.replaceAll((id, cursor) -> cursor.at(cursor.selection().transform(change, false)));
            listener.cursors(List.copyOf(cursors.values()));
        }
    }

    void cursor(@Nullable Selection selection) {
        own = selection;
    }

    /** What to say now: nothing where the others know, or where one is in what they do not have yet. */
    Optional<ObjectNode> news() {
        Selection at = own;
        if (!replica.saved() || (at == null ? told == null : at.equals(told))) {
            return Optional.empty();
        }
        told = at;
        ObjectNode data = Json.object().put("revision", replica.revision()).put("clientId", clientId);
        if (at == null) {
            data.putNull("position");
        } else {
            data.putObject("position").put("index", at.index()).put("length", at.length());
        }
        return Optional.of(data);
    }
}
