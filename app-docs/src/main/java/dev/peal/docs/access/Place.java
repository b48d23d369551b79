package dev.peal.docs.access;

import dev.peal.protocol.ClientMessage;
import java.util.Comparator;
import java.util.Optional;

/**
 * A place in a user's list of documents, the newest first.
 *
 * @param atMillis when the user opened, made or got the document last
 */
record Place(long atMillis, String documentId) implements Comparable<Place> {
    /** Before all. */
    static final Place TOP = new Place(Long.MAX_VALUE, "");

    private static final Comparator<Place> ORDER =
            Comparator.comparingLong(Place::atMillis).reversed().thenComparing(Place::documentId);

    private static final int DIGITS_MAX = 16;

    /** A place as a page names the next one by; nothing where it is none. */
    static Optional<Place> read(String text) {
        int dash = text.indexOf('-');
        String at = dash < 0 ? "" : text.substring(0, dash);
        boolean fits = at.matches("[0-9]{1," + DIGITS_MAX + "}") && ClientMessage.isRoomId(text.substring(dash + 1));
        return fits ? Optional.of(new Place(Long.parseLong(at), text.substring(dash + 1))) : Optional.empty();
    }

    /** As {@link #read} takes it. */
    String written() {
        return atMillis + "-" + documentId;
    }

    @Override
    public int compareTo(Place other) {
        return ORDER.compare(this, other);
    }
}
