package dev.peal.session;

import dev.peal.protocol.Position;
import org.jspecify.annotations.Nullable;

/**
 * A chat room that a client comes with.
 *
 * @param since where it stands there, or null
 */
public record Entrance(String roomId, @Nullable Position since) {}
