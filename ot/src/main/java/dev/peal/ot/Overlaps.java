package dev.peal.ot;

/** What two texts have in common at their ends or within, each in linear time whatever the texts repeat. */
final class Overlaps {
    /** Up to here the naive search of the JDK is at least as fast as any. */
    private static final long NAIVE_MAX = 1 << 20;

    private Overlaps() {}

    /** Units that both begin with, not ending within a surrogate pair. */
    static int prefix(String a, String b) {
        int max = Math.min(a.length(), b.length());
        int length = 0;
        while (length < max && a.charAt(length) == b.charAt(length)) {
            length++;
        }
        return wholePrefix(a, length);
    }

    /** Units that both end with, not beginning within a surrogate pair. */
    static int suffix(String a, String b) {
        int max = Math.min(a.length(), b.length());
        int length = 0;
        while (length < max && a.charAt(a.length() - length - 1) == b.charAt(b.length() - length - 1)) {
            length++;
        }
        return wholeSuffix(a, a.length(), length);
    }

    /** {@code length} units from the beginning of {@code text}, or one less where the last is the first half of a pair. */
    static int wholePrefix(String text, int length) {
        return length > 0 && Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length;
    }

    /** {@code length} units before {@code end}, or one less where the first is the second half of a pair. */
    static int wholeSuffix(String text, int end, int length) {
        return length > 0 && Character.isLowSurrogate(text.charAt(end - length)) ? length - 1 : length;
    }

    /** The longest end of {@code a} that {@code b} begins with, in units. */
    static int endOnBeginning(String a, String b) {
        int max = Math.min(a.length(), b.length());
        int[] borders = borders(b, max);
        int matched = 0;
        for (int i = a.length() - max; i < a.length(); i++) {
            matched = extend(borders, b, matched, a.charAt(i));
        }
        return matched;
    }

    /** As {@link String#indexOf(String)}. */
    static int indexOf(String text, String part) {
        if ((long) text.length() * part.length() <= NAIVE_MAX) {
            return text.indexOf(part);
        }
        int[] borders = borders(part, part.length());
        int matched = 0;
        for (int i = 0; i < text.length(); i++) {
            matched = extend(borders, part, matched, text.charAt(i));
            if (matched == part.length()) {
                return i + 1 - matched;
            }
        }
        return -1;
    }

    /** For each beginning of {@code text} its longest end that it also begins with (Knuth, Morris, Pratt 1977). */
    private static int[] borders(String text, int length) {
        int[] borders = new int[length];
        for (int i = 1; i < length; i++) {
            borders[i] = extend(borders, text, borders[i - 1], text.charAt(i));
        }
        return borders;
    }

    private static int extend(int[] borders, String text, int matched, char c) {
        int length = matched;
        while (length > 0 && text.charAt(length) != c) {
            length = borders[length - 1];
        }
        return text.charAt(length) == c ? length + 1 : 0;
    }

    /** For each place of {@code text} how many units from there on are those that {@code part} begins with (Z function). */
    static int[] prefixesAt(String text, String part) {
        int[] own = prefixes(part, part, new int[part.length()], 1);
        return prefixes(text, part, own, 0);
    }

    /** As {@link #prefixesAt} from {@code first} on; {@code own} are those of {@code part} in itself, made here where {@code first} is 1. */
    private static int[] prefixes(String text, String part, int[] own, int first) {
        int[] lengths = first == 1 ? own : new int[text.length()];
        int left = 0;
        int right = 0;
        for (int i = first; i < lengths.length; i++) {
            int length = i < right ? Math.min(right - i, own[i - left]) : 0;
            while (length < part.length()
                    && i + length < text.length()
                    && text.charAt(i + length) == part.charAt(length)) {
                length++;
            }
            lengths[i] = length;
            if (i + length > right) {
                left = i;
                right = i + length;
            }
        }
        return lengths;
    }

    /** Unit by unit: {@link StringBuilder#reverse} would keep pairs as they are. */
    static String reversed(String text) {
        char[] units = new char[text.length()];
        for (int i = 0; i < units.length; i++) {
            units[i] = text.charAt(units.length - 1 - i);
        }
        return new String(units);
    }
}
