package dev.peal.ot;

import org.jspecify.annotations.Nullable;

/**
 * Something that two texts have in common and that is at least half as long as the longer one: then what is before and after it is
 * compared by itself. That need not give the shortest difference.
 */
record HalfMatch(String longerBefore, String longerAfter, String shorterBefore, String shorterAfter, String common) {
    /** Looks around the second and the third quarter of {@code longer}. */
    static @Nullable HalfMatch of(String longer, String shorter) {
        if (longer.length() < 4 || 2L * shorter.length() < longer.length()) {
            return null;
        }
        HalfMatch first = around(longer, shorter, (longer.length() + 3) / 4);
        HalfMatch second = around(longer, shorter, (longer.length() + 1) / 2);
        if (first == null || second == null) {
            return first == null ? second : first;
        }
        return first.common.length() > second.common.length() ? first : second;
    }

    /** The best that covers a quarter of {@code longer} from {@code seed} on. */
    private static @Nullable HalfMatch around(String longer, String shorter, int seed) {
        int quarter = longer.length() / 4;
        String from = longer.substring(seed);
        int[] after = Overlaps.prefixesAt(shorter, from);
        int[] before = Overlaps.prefixesAt(Overlaps.reversed(shorter), Overlaps.reversed(longer.substring(0, seed)));
        int best = 0;
        int bestStart = 0;
        int bestSeed = 0;
        for (int at = 0; at < shorter.length(); at++) {
            if (after[at] < quarter) {
                continue;
            }
            int prefix = Overlaps.wholePrefix(from, after[at]);
            int suffix = at == 0 ? 0 : Overlaps.wholeSuffix(shorter, at, before[shorter.length() - at]);
            if (best < suffix + prefix) {
                best = suffix + prefix;
                bestStart = at - suffix;
                bestSeed = seed - suffix;
            }
        }
        if (2L * best < longer.length()) {
            return null;
        }
        return new HalfMatch(
                longer.substring(0, bestSeed),
                longer.substring(bestSeed + best),
                shorter.substring(0, bestStart),
                shorter.substring(bestStart + best),
                shorter.substring(bestStart, bestStart + best));
    }
}
