package dev.peal.auth;

import org.jspecify.annotations.Nullable;

/**
 * What may be a user's id, wherever it comes from. An id is compared by its UTF-16 code units and never normalised: two spellings of one glyph are two users.
 */
public final class UserIds {
    /** The longest user id and user name, in code points. */
    public static final int CODE_POINTS_MAX = 128;

    /** Subjects with this prefix belong to this server's guest issuer alone; a token of any other issuer with one is refused. */
    public static final String GUEST_PREFIX = "guest-";

    private UserIds() {}

    /**
     * Whether it is 1 to 128 code points, none of them a control, a format character (zero width, bidirectional override), a separator of lines, a surrogate
     * without its other half, or unassigned, and no space at either end.
     */
    public static boolean valid(@Nullable String id) {
        if (id == null || id.isEmpty() || id.length() > 2 * CODE_POINTS_MAX) {
            return false;
        }
        return id.codePointCount(0, id.length()) <= CODE_POINTS_MAX
                && id.codePoints().allMatch(UserIds::printable)
                && !space(id.codePointAt(0))
                && !space(id.codePointBefore(id.length()));
    }

    /** Whether an id may only be a guest's. Letter case does not matter, so that nobody looks like a guest either. */
    static boolean reservedForGuests(String id) {
        return id.regionMatches(true, 0, GUEST_PREFIX, 0, GUEST_PREFIX.length());
    }

    /**
     * Makes a name fit for display: what is not printable goes, spaces at the ends go, at most {@code codePointsMax} stay.
     *
     * @return the name; empty if nothing is left
     */
    static String displayName(String name, int codePointsMax) {
        var kept = new StringBuilder();
        name.codePoints().filter(UserIds::printable).limit(codePointsMax).forEach(kept::appendCodePoint);
        return kept.toString().strip();
    }

    private static boolean space(int codePoint) {
        return Character.getType(codePoint) == Character.SPACE_SEPARATOR;
    }

    private static boolean printable(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
