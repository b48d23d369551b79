package dev.peal.client;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;

/** What is read page by page. */
public final class Pages {
    private Pages() {}

    /**
     * Stored entries, the oldest first.
     *
     * @param oldest the oldest offset that the log holds; {@code newest} its newest
     * @param more whether it holds others beyond this page, in the direction asked for
     */
    public record History(String epoch, List<RoomEvent> entries, long oldest, long newest, boolean more) {
        public History {
            entries = List.copyOf(entries);
        }
    }

    /** A user who is in a room, over so many connections. */
    public record Member(Optional<String> userId, Optional<String> userName, int connections) {}

    /**
     * Who is in a room.
     *
     * @param next of the next page; empty where there is none
     */
    public record Presence(List<Member> members, long total, Optional<String> next) {
        public Presence {
            members = List.copyOf(members);
        }
    }

    /** A range of a text's code points: the first, and the one behind the last. */
    public record Range(int from, int to) {}

    /** An entry that was found, and where in its text. */
    public record Hit(RoomEvent.Message message, List<Range> highlights) {
        public Hit {
            highlights = List.copyOf(highlights);
        }
    }

    /**
     * What a search found, the newest first.
     *
     * @param next the {@code before} of the next page; empty where there is none
     */
    public record Search(List<Hit> results, OptionalLong next) {
        public Search {
            results = List.copyOf(results);
        }
    }

    /**
     * To one user or to everybody.
     *
     * @param offset in the user's log; empty for a broadcast
     * @param data the sending program's own
     */
    public record Notification(OptionalLong offset, JsonNode data) {}

    /**
     * Notifications of the caller, the oldest first.
     *
     * @param read everything up to this offset was read
     * @param next the {@code before} of the next page; empty where there is none
     */
    public record Notifications(List<Notification> entries, long read, OptionalLong next) {
        public Notifications {
            entries = List.copyOf(entries);
        }
    }
}
