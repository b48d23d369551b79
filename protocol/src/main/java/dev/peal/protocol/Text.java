package dev.peal.protocol;

/** Rules for text. Lengths are counted in Unicode code points; a pattern matches the whole string. */
final class Text {
    private Text() {}

    static boolean lengthWithin(String text, int min, int max) {
        int units = text.length();
        if (units < min || units > 2 * max) {
            return false;
        }
        int points = text.codePointCount(0, units);
        return points >= min && points <= max;
    }

    /** 1 to {@code max} of {@code [a-zA-Z0-9_-]}. */
    static boolean isName(String text, int max) {
        int length = text.length();
        if (length < 1 || length > max) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (!isNameChar(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isNameChar(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '_';
    }

    /** 1 to {@code max} code points, none of them a control character (Cc) or half a surrogate pair. */
    static boolean isLabel(String text, int max) {
        return lengthWithin(text, 1, max)
                && text.codePoints().noneMatch(c -> Character.isISOControl(c) || c >= 0xD800 && c <= 0xDFFF);
    }
}
