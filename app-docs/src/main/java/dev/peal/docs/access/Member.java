package dev.peal.docs.access;

import dev.peal.docs.Role;
import org.jspecify.annotations.Nullable;

/**
 * Somebody with a role in a document. What was granted stays; what came by a link goes with the link.
 *
 * @param userName as known when they came; null where they have not been here
 * @param granted by an owner; null where only a link let them in
 * @param linkId the link that they came by; null for none
 */
record Member(
        String userId,
        @Nullable String userName,
        @Nullable Role granted,
        @Nullable String linkId) {
    Member {
        if (granted == null && linkId == null) {
            throw new IllegalArgumentException("a member has a role");
        }
    }

    /** What to call them. */
    String displayName() {
        return userName == null ? userId : userName;
    }

    Member named(@Nullable String name) {
        return name == null ? this : new Member(userId, name, granted, linkId);
    }
}
