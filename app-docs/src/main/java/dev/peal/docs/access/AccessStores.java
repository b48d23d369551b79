package dev.peal.docs.access;

import dev.peal.app.AppContext;
import dev.peal.auth.Sha256;
import dev.peal.docs.OpenDocuments;
import dev.peal.log.RoomKey;
import dev.peal.time.Clock;
import dev.peal.time.Owner;
import java.util.function.Function;

/**
 * Where all of it is kept.
 *
 * @param opened the documents themselves
 * @param owner the owner of a document's room
 */
record AccessStores(
        boolean open,
        SharedDocuments documents,
        UserDocuments lists,
        Activity activity,
        Links links,
        OpenDocuments opened,
        Function<String, Owner> owner,
        Clock clock) {
    /** Documents' rooms are of this kind. */
    private static final String KIND = "docs";

    static AccessStores in(AppContext context, boolean open, OpenDocuments documents) {
        return new AccessStores(
                open,
                new SharedDocuments(context.store(), open, new Announcements(documents)),
                new UserDocuments(context.store(), context.clock()),
                new Activity(context.store()),
                new Links(context.store()),
                documents,
                documentId -> context.owner(new RoomKey(KIND, documentId)),
                context.clock());
    }

    Owner owner(String documentId) {
        return owner.apply(documentId);
    }

    /** Where what is asked of a user's list is put together: any owner, the users spread over all. */
    Owner ownerOfList(String userId) {
        return owner.apply(Sha256.base64Url(userId));
    }
}
