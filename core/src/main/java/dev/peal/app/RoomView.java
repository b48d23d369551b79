package dev.peal.app;

import dev.peal.log.RoomKey;

/**
 * The room that a message is about, at the moment at which it is handled.
 *
 * @param key which room
 * @param member whether the calling connection is in it
 * @param users how many users are in it
 * @param timeMillis wall-clock time
 */
public record RoomView(RoomKey key, boolean member, int users, long timeMillis) {}
