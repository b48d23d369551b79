package dev.peal.hub;

import org.jspecify.annotations.Nullable;

/**
 * Whom a connection counts as in its rooms.
 *
 * @param key equal for all connections of one user; unique to the connection while it is anonymous
 * @param userId null while anonymous
 * @param userName null where none is known
 */
public record Who(
        String key, @Nullable String userId, @Nullable String userName) {}
