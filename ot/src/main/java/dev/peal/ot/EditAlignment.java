package dev.peal.ot;

import static dev.peal.ot.Piece.Kind.EQUAL;

import java.util.List;

/**
 * Shifts single edits between two equalities to where they cover words: {@code The c[+at c]ame} becomes {@code The [+cat ]came}.
 *
 * <p>The original shifts texts unit by unit, which is quadratic in a text that repeats itself; here an edit is a window that moves over
 * both equalities and itself, put together once. And it never comes to rest within a surrogate pair, as the original can.
 */
final class EditAlignment {
    private final String text;
    /** Of the window. */
    private final int length;

    private final int end;

    private EditAlignment(String text, int length) {
        this.text = text;
        this.length = length;
        this.end = text.length();
    }

    static void align(List<Piece> pieces) {
        for (int i = 1; i < pieces.size() - 1; i++) {
            Piece before = pieces.get(i - 1);
            Piece edit = pieces.get(i);
            Piece after = pieces.get(i + 1);
            if (!before.is(EQUAL) || !after.is(EQUAL)) {
                continue;
            }
            String all = before.text + edit.text + after.text;
            int best = new EditAlignment(all, edit.text.length())
                    .best(before.text.length() - Overlaps.suffix(before.text, edit.text));
            if (best == before.text.length()) {
                continue;
            }
            int bestEnd = best + edit.text.length();
            before.text = all.substring(0, best);
            edit.text = all.substring(best, bestEnd);
            after.text = all.substring(bestEnd);
            if (before.text.isEmpty()) {
                pieces.remove(--i);
            }
            if (after.text.isEmpty()) {
                pieces.remove(i-- + 1);
            }
        }
    }

    /** The last of the best places, from the leftmost one on: edits rather end than begin with a space. */
    private int best(int leftmost) {
        int best = leftmost;
        int bestScore = score(leftmost);
        for (int at = leftmost; at + length < end && text.charAt(at) == text.charAt(at + length); ) {
            at++;
            int score = splitsPair(at) || splitsPair(at + length) ? -1 : score(at);
            if (score >= bestScore) {
                best = at;
                bestScore = score;
            }
        }
        return best;
    }

    private boolean splitsPair(int at) {
        return at > 0
                && at < end
                && Character.isHighSurrogate(text.charAt(at - 1))
                && Character.isLowSurrogate(text.charAt(at));
    }

    private int score(int at) {
        return borderScore(0, at, at + length) + borderScore(at, at + length, end);
    }

    /** How well the text from {@code from} to {@code to} is cut at {@code at}: from 0, within a word, to 6. */
    private int borderScore(int from, int at, int to) {
        if (at == from || at == to) {
            return 6;
        }
        char one = text.charAt(at - 1);
        char two = text.charAt(at);
        boolean space1 = isSpace(one);
        boolean space2 = isSpace(two);
        if (endsInBlankLine(from, at) || beginsWithBlankLine(at, to)) {
            return 5;
        } else if (isBreak(one) || isBreak(two)) {
            return 4;
        } else if (!isWordUnit(one) && !space1 && space2) {
            return 3;
        } else if (space1 || space2) {
            return 2;
        }
        return isWordUnit(one) && isWordUnit(two) ? 0 : 1;
    }

    /** {@code \n\r?\n} before {@code at}. */
    private boolean endsInBlankLine(int from, int at) {
        if (text.charAt(at - 1) != '\n') {
            return false;
        }
        int i = at - 2;
        if (i >= from && text.charAt(i) == '\r') {
            i--;
        }
        return i >= from && text.charAt(i) == '\n';
    }

    /** {@code \r?\n\r?\n} after {@code at}. */
    private boolean beginsWithBlankLine(int at, int to) {
        int second = afterBreak(at, to);
        return second >= 0 && afterBreak(second, to) >= 0;
    }

    /** Behind a {@code \r?\n} at {@code at}, or -1. */
    private int afterBreak(int at, int to) {
        int i = at < to && text.charAt(at) == '\r' ? at + 1 : at;
        return i < to && text.charAt(i) == '\n' ? i + 1 : -1;
    }

    private static boolean isBreak(char c) {
        return c == '\n' || c == '\r';
    }

    private static boolean isWordUnit(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
    }

    /** What {@code \s} is in ECMAScript. */
    private static boolean isSpace(char c) {
        return c >= '\t' && c <= '\r'
                || c == ' '
                || c == '\u00A0'
                || c == '\uFEFF'
                || c > '\u00FF' && Character.isSpaceChar(c);
    }
}
