package dev.peal.client;

import dev.peal.protocol.Position;
import dev.peal.protocol.Recovery;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;

/** Something that happened in a room. Stored ones have an offset and come once, in order; the others are signals of the moment. */
public sealed interface RoomEvent {
    /** Its place in the room's log; empty for what is not stored. */
    default OptionalLong offset() {
        return OptionalLong.empty();
    }

    /**
     * Somebody said something.
     *
     * @param type {@code message} or {@code chat}
     */
    record Message(String type, long place, Optional<String> userId, Optional<String> userName, String text, Instant at)
            implements RoomEvent {
        @Override
        public OptionalLong offset() {
            return OptionalLong.of(place);
        }
    }

    /** A stored entry of another application's type. */
    record Entry(String type, long place, JsonNode data) implements RoomEvent {
        @Override
        public OptionalLong offset() {
            return OptionalLong.of(place);
        }
    }

    /**
     * The client is in the room, for the first time or again.
     *
     * @param newest the newest stored entry at that moment
     * @param recovery whether all that was missed comes now; {@link Recovery.Lost} says that it does not, and why
     */
    record Joined(Position newest, Recovery recovery) implements RoomEvent {}

    /** The server does not let this client in; the room is not asked for again until {@link Room#join}. */
    record Refused(String code) implements RoomEvent {}

    /**
     * A subscriber that was too slow cannot be given what it missed: the log does not hold it any more.
     *
     * @param after the last offset that it was given
     * @param oldest the next that it will get
     */
    record Missed(long after, long oldest) implements RoomEvent {}

    record Typing(Optional<String> userId, Optional<String> userName, boolean typing) implements RoomEvent {}

    record UserJoined(Optional<String> userId, Optional<String> userName) implements RoomEvent {}

    record UserLeft(Optional<String> userId, Optional<String> userName) implements RoomEvent {}

    /** In a large room, in place of the two above. */
    record PresenceCount(long total) implements RoomEvent {}

    /** A signal of another application's type. */
    record Signal(String type, JsonNode data) implements RoomEvent {}
}
