package dev.peal.session;

import dev.peal.app.Apps;
import dev.peal.limit.MessageClass;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a message type on a path before a message comes.
 *
 * @param messageClass the rate limit that it counts against
 * @param route where it leads; null for the session's own messages and for unknown ones
 */
record Handling(MessageClass messageClass, Apps.@Nullable Route route) {}
