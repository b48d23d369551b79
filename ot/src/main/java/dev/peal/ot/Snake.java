package dev.peal.ot;

import java.util.Arrays;

/**
 * The middle snake of two texts (Myers 1986, section 4b): from both ends, with one difference more each time round, as far as the texts
 * are equal on each diagonal, until the two meet. Where they do the problem falls in two. Used once.
 */
final class Snake {
    /** Differences on either side: the memory it takes is proportional to them, the time to their square. */
    private static final int DIFFERENCES_MAX = 1 << 14;

    private final String before;
    private final String after;
    private final long stepsMax;
    private long steps;
    private int x;
    private int y;

    private final int[] forward;
    private final int[] backward;
    private final int middle;

    Snake(String before, String after, long stepsMax) {
        this.before = before;
        this.after = after;
        this.stepsMax = stepsMax;
        middle = Math.min((before.length() + after.length() + 1) / 2, DIFFERENCES_MAX);
        forward = new int[2 * middle + 1];
        backward = new int[2 * middle + 1];
        Arrays.fill(forward, -1);
        Arrays.fill(backward, -1);
        forward[middle + 1] = 0;
        backward[middle + 1] = 0;
    }

    /** Units of the text before that are in front of the place where it is best cut. */
    int x() {
        return x;
    }

    /** The same in the text after. */
    int y() {
        return y;
    }

    /** What the search took: units compared and diagonals visited. */
    long steps() {
        return steps;
    }

    /** False where the texts have nothing in common, or the search would take too long. */
    boolean find() {
        int delta = before.length() - after.length();
        boolean front = delta % 2 != 0;
        int forwardStart = 0;
        int forwardEnd = 0;
        int backwardStart = 0;
        int backwardEnd = 0;
        for (int d = 0; d < middle && steps < stepsMax; d++) {
            for (int k = -d + forwardStart; k <= d - forwardEnd; k += 2) {
                int reached = walk(forward, k, d, false);
                if (reached > before.length()) {
                    forwardEnd += 2;
                } else if (reached - k > after.length()) {
                    forwardStart += 2;
                } else if (front && meets(backward, delta - k, reached)) {
                    x = reached;
                    y = reached - k;
                    return true;
                }
            }
            for (int k = -d + backwardStart; k <= d - backwardEnd; k += 2) {
                int reached = walk(backward, k, d, true);
                if (reached > before.length()) {
                    backwardEnd += 2;
                } else if (reached - k > after.length()) {
                    backwardStart += 2;
                } else if (!front && meets(forward, delta - k, reached)) {
                    x = forward[middle + delta - k];
                    y = x - (delta - k);
                    return true;
                }
            }
        }
        return false;
    }

    /** One difference more on diagonal {@code k}, and then on while the texts are equal. How much of the text before that passes. */
    private int walk(int[] reached, int k, int d, boolean backwards) {
        int at = middle + k;
        int i = k == -d || k != d && reached[at - 1] < reached[at + 1] ? reached[at + 1] : reached[at - 1] + 1;
        int from = i;
        int j = i - k;
        int iMax = before.length();
        int jMax = after.length();
        if (backwards) {
            while (i < iMax && j < jMax && before.charAt(iMax - i - 1) == after.charAt(jMax - j - 1)) {
                i++;
                j++;
            }
        } else {
            while (i < iMax && j < jMax && before.charAt(i) == after.charAt(j)) {
                i++;
                j++;
            }
        }
        reached[at] = i;
        steps += 1 + i - from;
        return i;
    }

    /** Whether the other side has come as far on that diagonal. */
    private boolean meets(int[] other, int k, int reached) {
        int at = middle + k;
        return at >= 0 && at < 2 * middle && other[at] != -1 && reached >= before.length() - other[at];
    }
}
