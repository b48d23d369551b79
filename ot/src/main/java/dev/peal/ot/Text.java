package dev.peal.ot;

/** Rules for text. */
final class Text {
    private Text() {}

    /** Whether every surrogate has its other half beside it. */
    static boolean isWellFormed(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!Character.isSurrogate(c)) {
                continue;
            }
            if (Character.isLowSurrogate(c) || i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(++i))) {
                return false;
            }
        }
        return true;
    }
}
