package dev.peal.client;

import java.util.Optional;

/**
 * What a client has been through. Counts since it was made.
 *
 * @param userId who it is signed in as; empty where nobody has said
 * @param connections signed in so far
 * @param failures since the last connection that was stable
 * @param tokensAsked how often the token provider was called
 * @param queued publishes that wait for their acknowledgement
 * @param unknownReplies answers to nothing that was asked
 * @param repeats entries that came although they were there already; they were left out
 * @param malformed pushes that could not be read
 */
public record Diagnostics(
        ClientState state,
        Optional<String> userId,
        long connections,
        int failures,
        int tokensAsked,
        int queued,
        long unknownReplies,
        long repeats,
        long malformed) {}
