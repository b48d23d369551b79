package dev.peal.app;

import dev.peal.hub.Who;
import dev.peal.log.RoomKey;
import dev.peal.protocol.Position;
import java.util.List;

/**
 * A room at a place in its order: everything that was asked for before has happened, nothing that was asked for later.
 *
 * @param newest the newest entry that its members were given
 * @param oldest the oldest offset held at that time (newest + 1 where none is)
 * @param users how many users are in it
 * @param people the first of them, at most {@value #PEOPLE_MAX}
 */
public record RoomMoment(RoomKey key, Position newest, long oldest, int users, List<Who> people) {
    /** How many users are named at most. */
    public static final int PEOPLE_MAX = 1_000;

    public RoomMoment {
        people = List.copyOf(people);
    }
}
