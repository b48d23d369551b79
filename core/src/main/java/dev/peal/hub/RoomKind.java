package dev.peal.hub;

/**
 * What all rooms of one kind share.
 *
 * @param kind the kind's name, as in a room's key
 * @param idField the field that carries the room's id on the wire, such as {@code roomId}
 * @param slowPolicy what happens to a member whose connection is full
 * @param announcesPeople whether joining and leaving is told to the others
 */
public record RoomKind(String kind, String idField, SlowPolicy slowPolicy, boolean announcesPeople) {
    /** Rooms of people: {@code roomId}, announced, slow members disconnected. */
    public static RoomKind people(String kind) {
        return new RoomKind(kind, "roomId", SlowPolicy.DISCONNECT, true);
    }
}
