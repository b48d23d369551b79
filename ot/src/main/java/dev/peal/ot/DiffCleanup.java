package dev.peal.ot;

import static dev.peal.ot.Piece.Kind.DELETED;
import static dev.peal.ot.Piece.Kind.EQUAL;
import static dev.peal.ot.Piece.Kind.INSERTED;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts a raw difference in order and makes it one that people find sensible; see {@link TextDiff}. */
final class DiffCleanup {
    private DiffCleanup() {}

    /**
     * Merges like pieces, takes out of a replacement what both texts begin or end with, and moves single edits over an equality
     * where that makes it go away. Until nothing changes.
     *
     * @param wholePairs whether a surrogate pair that two pieces share goes into the edit
     */
    static List<Piece> merge(List<Piece> pieces, boolean wholePairs) {
        List<Piece> merged = pieces;
        do {
            merged = new Merging(wholePairs).mergeAll(merged);
        } while (shift(merged));
        return merged;
    }

    /** One pass over a difference: the result so far, and the edits since its last equality. */
    private static final class Merging {
        private final boolean wholePairs;
        private final List<Piece> out = new ArrayList<>();
        private String deleted = "";
        private String inserted = "";

        Merging(boolean wholePairs) {
            this.wholePairs = wholePairs;
        }

        List<Piece> mergeAll(List<Piece> pieces) {
            for (Piece piece : pieces) {
                switch (piece.kind) {
                    case DELETED -> deleted += piece.text;
                    case INSERTED -> inserted += piece.text;
                    case EQUAL -> {
                        String text = piece.text.isEmpty() ? "" : withoutHalves(piece.text);
                        if (!text.isEmpty()) {
                            putEquality(text);
                        }
                    }
                }
            }
            putEquality(withoutHalves(""));
            return out;
        }

        /** Moves half a pair at the end of the equality before, or at the beginning of this one, into the edits between them. */
        private String withoutHalves(String text) {
            if (!wholePairs) {
                return text;
            }
            Piece before = lastEquality();
            if (before != null && Character.isHighSurrogate(before.text.charAt(before.text.length() - 1))) {
                String half = before.text.substring(before.text.length() - 1);
                before.text = before.text.substring(0, before.text.length() - 1);
                deleted = half + deleted;
                inserted = half + inserted;
                if (before.text.isEmpty()) {
                    out.remove(out.size() - 1);
                    takeBackEdits();
                }
            }
            if (!text.isEmpty() && Character.isLowSurrogate(text.charAt(0))) {
                deleted += text.charAt(0);
                inserted += text.charAt(0);
                return text.substring(1);
            }
            return text;
        }

        private void takeBackEdits() {
            if (!out.isEmpty() && last().is(INSERTED)) {
                inserted = out.remove(out.size() - 1).text + inserted;
            }
            if (!out.isEmpty() && last().is(DELETED)) {
                deleted = out.remove(out.size() - 1).text + deleted;
            }
        }

        private void putEquality(String text) {
            String after = text;
            if (!deleted.isEmpty() && !inserted.isEmpty()) {
                int same = Overlaps.prefix(inserted, deleted);
                if (same > 0) {
                    addEqual(inserted.substring(0, same));
                    inserted = inserted.substring(same);
                    deleted = deleted.substring(same);
                }
                same = Overlaps.suffix(inserted, deleted);
                if (same > 0) {
                    after = inserted.substring(inserted.length() - same) + after;
                    inserted = inserted.substring(0, inserted.length() - same);
                    deleted = deleted.substring(0, deleted.length() - same);
                }
            }
            if (!deleted.isEmpty()) {
                out.add(new Piece(DELETED, deleted));
            }
            if (!inserted.isEmpty()) {
                out.add(new Piece(INSERTED, inserted));
            }
            if (!after.isEmpty()) {
                addEqual(after);
            }
            deleted = "";
            inserted = "";
        }

        private void addEqual(String text) {
            Piece before = lastEquality();
            if (before == null) {
                out.add(new Piece(EQUAL, text));
            } else {
                before.text += text;
            }
        }

        private @Nullable Piece lastEquality() {
            return !out.isEmpty() && last().is(EQUAL) ? last() : null;
        }

        private Piece last() {
            return out.get(out.size() - 1);
        }
    }

    /** {@code A+[BA]C} is {@code [AB]+AC}: an equality less. Whether there was any such. */
    private static boolean shift(List<Piece> pieces) {
        boolean shifted = false;
        for (int i = 1; i < pieces.size() - 1; i++) {
            Piece before = pieces.get(i - 1);
            Piece edit = pieces.get(i);
            Piece after = pieces.get(i + 1);
            if (!before.is(EQUAL) || !after.is(EQUAL)) {
                continue;
            }
            if (edit.text.endsWith(before.text)) {
                edit.text = before.text + edit.text.substring(0, edit.text.length() - before.text.length());
                after.text = before.text + after.text;
                pieces.remove(i - 1);
                shifted = true;
            } else if (edit.text.startsWith(after.text)) {
                before.text += after.text;
                edit.text = edit.text.substring(after.text.length()) + after.text;
                pieces.remove(i + 1);
                shifted = true;
            }
        }
        return shifted;
    }

    /** Makes a merged difference sensible: few large edits at the borders of words over many small ones. */
    static List<Piece> semantic(List<Piece> pieces) {
        List<Piece> cleaned = dropSmallEqualities(pieces) ? merge(pieces, false) : pieces;
        EditAlignment.align(cleaned);
        takeOutOverlaps(cleaned);
        return cleaned;
    }

    /** Gives up an equality that is no longer than the edits on either side of it. Whether there was any such. */
    private static boolean dropSmallEqualities(List<Piece> pieces) {
        EqualityStack equalities = new EqualityStack(pieces.size());
        boolean dropped = false;
        Changed before = new Changed();
        Changed after = new Changed();
        String equality = "";
        for (int i = 0; i < pieces.size(); i++) {
            Piece piece = pieces.get(i);
            if (piece.is(EQUAL)) {
                equalities.push(i);
                before = after;
                after = new Changed();
                equality = piece.text;
                continue;
            }
            after.add(piece);
            if (!equality.isEmpty() && equality.length() <= before.most() && equality.length() <= after.most()) {
                int at = equalities.pop();
                pieces.add(at, new Piece(DELETED, equality));
                pieces.get(at + 1).kind = INSERTED;
                i = equalities.popAndPeek();
                before = new Changed();
                after = new Changed();
                equality = "";
                dropped = true;
            }
        }
        return dropped;
    }

    /** Units that edits delete and insert. */
    private static final class Changed {
        private int deleted;
        private int inserted;

        void add(Piece piece) {
            if (piece.is(INSERTED)) {
                inserted += piece.text.length();
            } else {
                deleted += piece.text.length();
            }
        }

        int most() {
            return Math.max(deleted, inserted);
        }
    }

    /**
     * Where equalities are. The original pops twice, also where only one is left, and goes on below the bottom: what it then does is
     * kept, as it decides which equalities it looks at again.
     */
    private static final class EqualityStack {
        private final int[] indexes;
        private final int bottom;
        private int top;

        EqualityStack(int pieces) {
            bottom = pieces + 1;
            top = bottom;
            indexes = new int[2 * bottom + 1];
        }

        void push(int index) {
            indexes[top++] = index;
        }

        int pop() {
            return indexes[--top];
        }

        /** Pops one more; the one below it, or -1. */
        int popAndPeek() {
            top--;
            return top > bottom ? indexes[top - 1] : -1;
        }
    }

    /** {@code [-abcxxx][+xxxdef]} is {@code [-abc]xxx[+def]}, where that is worth an equality. */
    private static void takeOutOverlaps(List<Piece> pieces) {
        for (int i = 1; i < pieces.size(); i++) {
            Piece first = pieces.get(i - 1);
            Piece second = pieces.get(i);
            if (!first.is(DELETED) || !second.is(INSERTED)) {
                continue;
            }
            String deletion = first.text;
            String insertion = second.text;
            int forward = Overlaps.endOnBeginning(deletion, insertion);
            int backward = Overlaps.endOnBeginning(insertion, deletion);
            int longer = Math.max(forward, backward);
            if (2 * longer >= deletion.length() || 2 * longer >= insertion.length()) {
                if (forward >= backward) {
                    first.text = deletion.substring(0, deletion.length() - forward);
                    second.text = insertion.substring(forward);
                    pieces.add(i, new Piece(EQUAL, insertion.substring(0, forward)));
                } else {
                    first.kind = INSERTED;
                    first.text = insertion.substring(0, insertion.length() - backward);
                    second.kind = DELETED;
                    second.text = deletion.substring(backward);
                    pieces.add(i, new Piece(EQUAL, deletion.substring(0, backward)));
                }
                i++;
            }
            i++;
        }
    }
}
