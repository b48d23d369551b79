package dev.peal.ot;

/**
 * A caret, where {@code length} is 0, or a range of a document: a cursor, what a comment is about.
 *
 * @param index units before it
 * @param length units in it
 */
public record Selection(int index, int length) {
    public Selection {
        if (index < 0 || length < 0 || index > Integer.MAX_VALUE - length) {
            throw new IllegalArgumentException("from " + index + ", " + length + " units");
        }
    }

    public static Selection caret(int index) {
        return new Selection(index, 0);
    }

    public int end() {
        return index + length;
    }

    /**
     * Where it is after {@code change}. A range neither grows by what is inserted at its edges nor ends before it begins; where all of
     * it was deleted it is a caret.
     *
     * @param priority whether a caret stays before what is inserted exactly there; see {@link Delta#transformPosition}
     */
    public Selection transform(Delta change, boolean priority) {
        if (length == 0) {
            return caret(change.transformPosition(index, priority));
        }
        int start = change.transformPosition(index, false);
        int end = change.transformPosition(end(), true);
        return new Selection(start, Math.max(0, end - start));
    }
}
