package dev.peal.ot;

import static dev.peal.ot.Piece.Kind.DELETED;
import static dev.peal.ot.Piece.Kind.EQUAL;
import static dev.peal.ot.Piece.Kind.INSERTED;

import java.util.ArrayList;
import java.util.List;

/**
 * The difference between two texts: the algorithm of Google's diff-match-patch by Neil Fraser (Apache License 2.0) as the npm package
 * fast-diff 1.3 has it, whose answers these are: Myers' middle snake (An O(ND) Difference Algorithm and Its Variations, 1986), with
 * shortcuts before it and a clean-up for people after it.
 *
 * <p>Other than the original, so that no pair of texts keeps a server busy: what was quadratic in a text that repeats itself is linear;
 * texts that differ in more than {@value #LINES_FROM} units are compared by lines first; and where the search has taken {@value #STEPS_MAX}
 * steps, what is left counts as replaced. And no piece of well-formed texts ends within a surrogate pair.
 */
final class TextDiff {
    static final int LINES_FROM = 1 << 16;

    private static final long STEPS_MAX = 100_000_000;
    /** Beyond, a half match would take too much memory to look for. */
    private static final int HALF_MATCH_MAX = 1 << 22;

    private long steps;
    private boolean comparedLines;

    private TextDiff() {}

    /** Pieces in order: those that are not inserted make up {@code before}, those that are not deleted {@code after}. */
    static List<Piece> diff(String before, String after) {
        if (before.equals(after)) {
            return before.isEmpty() ? List.of() : List.of(new Piece(EQUAL, before));
        }
        return DiffCleanup.semantic(DiffCleanup.merge(new TextDiff().trimmed(before, after), true));
    }

    private List<Piece> merged(String before, String after) {
        if (before.equals(after)) {
            return before.isEmpty() ? List.of() : List.of(new Piece(EQUAL, before));
        }
        return DiffCleanup.merge(trimmed(before, after), false);
    }

    /** Sets apart what both begin and end with. */
    private List<Piece> trimmed(String before, String after) {
        int prefix = Overlaps.prefix(before, after);
        String restBefore = before.substring(prefix);
        String restAfter = after.substring(prefix);
        int suffix = Overlaps.suffix(restBefore, restAfter);
        String suffixText = restBefore.substring(restBefore.length() - suffix);
        List<Piece> pieces = new ArrayList<>();
        if (prefix > 0) {
            pieces.add(new Piece(EQUAL, before.substring(0, prefix)));
        }
        pieces.addAll(compute(
                restBefore.substring(0, restBefore.length() - suffix),
                restAfter.substring(0, restAfter.length() - suffix)));
        if (suffix > 0) {
            pieces.add(new Piece(EQUAL, suffixText));
        }
        return pieces;
    }

    private List<Piece> compute(String before, String after) {
        if (before.isEmpty()) {
            return List.of(new Piece(INSERTED, after));
        }
        if (after.isEmpty()) {
            return List.of(new Piece(DELETED, before));
        }
        boolean shrinks = before.length() > after.length();
        String longer = shrinks ? before : after;
        String shorter = shrinks ? after : before;
        int at = Overlaps.indexOf(longer, shorter);
        if (at >= 0) {
            Piece.Kind kind = shrinks ? DELETED : INSERTED;
            return List.of(
                    new Piece(kind, longer.substring(0, at)),
                    new Piece(EQUAL, shorter),
                    new Piece(kind, longer.substring(at + shorter.length())));
        }
        if (shorter.length() == 1 || steps >= STEPS_MAX) {
            return replaced(before, after);
        }
        int length = longer.length() + shorter.length();
        if (length > LINES_FROM && !comparedLines) {
            comparedLines = true;
            List<Piece> byLines = LineDiff.diff(before, after, this::merged);
            if (!byLines.isEmpty()) {
                return byLines;
            }
        }
        steps += length;
        HalfMatch half = length > HALF_MATCH_MAX ? null : HalfMatch.of(longer, shorter);
        if (half != null) {
            return shrinks
                    ? around(
                            half.longerBefore(),
                            half.shorterBefore(),
                            half.common(),
                            half.longerAfter(),
                            half.shorterAfter())
                    : around(
                            half.shorterBefore(),
                            half.longerBefore(),
                            half.common(),
                            half.shorterAfter(),
                            half.longerAfter());
        }
        return bisect(before, after);
    }

    private List<Piece> around(String before1, String after1, String common, String before2, String after2) {
        List<Piece> pieces = new ArrayList<>(merged(before1, after1));
        pieces.add(new Piece(EQUAL, common));
        pieces.addAll(merged(before2, after2));
        return pieces;
    }

    static List<Piece> replaced(String before, String after) {
        return List.of(new Piece(DELETED, before), new Piece(INSERTED, after));
    }

    /** Finds the middle snake and compares what is before and after it. */
    private List<Piece> bisect(String before, String after) {
        Snake snake = new Snake(before, after, STEPS_MAX - steps);
        boolean found = snake.find();
        steps += snake.steps();
        if (!found) {
            return replaced(before, after);
        }
        List<Piece> pieces = new ArrayList<>(merged(before.substring(0, snake.x()), after.substring(0, snake.y())));
        pieces.addAll(merged(before.substring(snake.x()), after.substring(snake.y())));
        return pieces;
    }
}
