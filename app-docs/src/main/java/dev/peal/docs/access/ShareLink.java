package dev.peal.docs.access;

import dev.peal.docs.Role;

/**
 * A link that gives a role to whoever has its secret.
 *
 * @param role never {@link Role#OWNER}
 * @param digest SHA-256 of the secret
 */
record ShareLink(String linkId, Role role, String digest, long createdAtMillis) {
    ShareLink {
        if (role == Role.OWNER) {
            throw new IllegalArgumentException("no link makes an owner");
        }
    }
}
