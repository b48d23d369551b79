package dev.peal.client;

import java.util.Optional;

/**
 * What a client has been through. Counts since it was made.
 *
 * @param userId who it is signed in as; empty where nobody has said
 * @param signIns so far
 * @param failures since the last connection that was stable
 * @param tokensAsked how often the token provider was called
 * @param pending publishes that wait for their acknowledgement
 * @param unknownReplies answers to nothing that was asked
 * @param repeats entries that came although they were there already; they were left out
 * @param malformed pushes that could not be read
 */
public record Diagnostics(
        ClientState state,
        Optional<String> userId,
        long signIns,
        int failures,
        int tokensAsked,
        int pending,
        long unknownReplies,
        long repeats,
        long malformed) {}
