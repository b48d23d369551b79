package dev.peal.docs.access;

import dev.peal.docs.OpenDocuments;
import dev.peal.docs.Role;
import dev.peal.protocol.JsonWriter;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/** Tells the members of an open document what changed in its record, and then has them judged by it. Called on the document's owner. */
final class Announcements implements BiConsumer<SharedDocument, SharedDocument> {
    private final OpenDocuments documents;

    Announcements(OpenDocuments documents) {
        this.documents = documents;
    }

    @Override
    public void accept(SharedDocument before, SharedDocument after) {
        String documentId = after.documentId();
        if (after.deleted() && !before.deleted()) {
            documents.signal(
                    documentId, "document_deleted", about(documentId).end().bytes());
        } else {
            if (!after.title().equals(before.title())) {
                documents.signal(
                        documentId,
                        "document_renamed",
                        about(documentId).field("title", after.title()).end().bytes());
            }
            tellRoles(before, after);
        }
        documents.changed(documentId, after);
        if (after.deleted() && !before.deleted()) {
            documents.deleted(documentId);
        }
    }

    /** Those who have no role any more are told by being sent out. */
    private void tellRoles(SharedDocument before, SharedDocument after) {
        Set<String> users = new LinkedHashSet<>(before.members().keySet());
        users.addAll(after.members().keySet());
        for (String user : users) {
            Optional<Role> role = after.roleOf(user);
            if (role.isPresent() && !role.equals(before.roleOf(user))) {
                documents.signal(
                        after.documentId(),
                        "role_changed",
                        about(after.documentId())
                                .field("userId", user)
                                .field("role", role.get().wire())
                                .end()
                                .bytes());
            }
        }
    }

    private static JsonWriter about(String documentId) {
        return new JsonWriter(128).object().field("documentId", documentId);
    }
}
