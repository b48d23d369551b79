package dev.peal.docs.access;

import java.util.Optional;

/** What may be a document's title. A title is text, never markup. Pure. */
final class Titles {
    /** Code points. */
    static final int LENGTH_MAX = 200;

    private Titles() {}

    /** The title without spaces at its ends; nothing where it is none: 1 to {@value #LENGTH_MAX} code points, no controls, no half surrogate pairs, one line. */
    static Optional<String> of(String text) {
        String title = text.strip();
        boolean good = !title.isEmpty()
                && title.codePointCount(0, title.length()) <= LENGTH_MAX
                && title.codePoints().allMatch(Titles::printable);
        return good ? Optional.of(title) : Optional.empty();
    }

    private static boolean printable(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL, Character.SURROGATE, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
                false;
            default -> true;
        };
    }
}
