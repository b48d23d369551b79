package dev.peal.log;

/**
 * One stored entry. Immutable; {@code data} is shared and never changed.
 *
 * @param offset position in its room, from 1 without holes
 * @param timeMillis wall-clock time at which it was accepted
 * @param type the wire type of the push
 * @param sender who sent it
 * @param data the push's {@code data} object as UTF-8 JSON
 */
public record Entry(long offset, long timeMillis, String type, String sender, byte[] data) {}
