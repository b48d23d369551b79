package dev.peal.search;

import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Cuts a text into words and folds them, so that what a person takes for the same compares as the same: case, diacritics, compatibility forms.
 *
 * <p>A word is a run of letters and digits. Where a script puts no spaces between words, and for symbols such as emoji, each character is a word of its own: a
 * query of several is then a phrase of neighbours, found at any place. A modifier of skin tone is no word, a joined emoji is its parts. Marks belong to the
 * character before them; those above and below Latin, Greek and Cyrillic letters are left out, those that other scripts cannot do without stay.
 */
public final class Words {
    private static final Set<UnicodeScript> WITHOUT_SPACES = EnumSet.of(
            UnicodeScript.HAN,
            UnicodeScript.HIRAGANA,
            UnicodeScript.KATAKANA,
            UnicodeScript.BOPOMOFO,
            UnicodeScript.THAI,
            UnicodeScript.LAO,
            UnicodeScript.KHMER,
            UnicodeScript.MYANMAR,
            UnicodeScript.TIBETAN);

    private final String text;
    private final List<Word> words = new ArrayList<>();
    private final StringBuilder folded = new StringBuilder();
    private int start;
    private boolean single;

    private Words(String text) {
        this.text = text;
    }

    private enum Part {
        LETTER,
        CHARACTER,
        MARK,
        NONE
    }

    /** The words of a text, in their order. */
    public static List<Word> of(String text) {
        return new Words(text).cut();
    }

    private List<Word> cut() {
        int point = 0;
        for (int at = 0; at < text.length(); point++) {
            int c = text.codePointAt(at);
            at += Character.charCount(c);
            take(c, part(c), point);
        }
        end(point);
        return words;
    }

    private void take(int c, Part part, int point) {
        boolean goesOn = part == Part.MARK || (part == Part.LETTER && !single);
        if (!goesOn) {
            end(point);
        }
        if (part == Part.NONE || (part == Part.MARK && folded.isEmpty())) {
            return;
        }
        if (part == Part.LETTER && single) {
            end(point);
        }
        if (folded.isEmpty()) {
            start = point;
            single = part == Part.CHARACTER;
        }
        fold(c);
    }

    private void end(int point) {
        if (!folded.isEmpty()) {
            words.add(new Word(folded.toString(), start, point));
            folded.setLength(0);
        }
        single = false;
    }

    private static Part part(int c) {
        if (c < 0x80) {
            return Character.isLetterOrDigit(c) ? Part.LETTER : Part.NONE;
        }
        return switch (Character.getType(c)) {
            case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.ENCLOSING_MARK -> Part.MARK;
            case Character.OTHER_SYMBOL -> Part.CHARACTER;
            default -> {
                if (!Character.isLetterOrDigit(c)) {
                    yield Part.NONE;
                }
                yield WITHOUT_SPACES.contains(UnicodeScript.of(c)) ? Part.CHARACTER : Part.LETTER;
            }
        };
    }

    /** Upper case first: it makes one of letters that have several small forms (ſ, ς, ß). */
    private void fold(int c) {
        if (c < 0x80) {
            folded.append((char) Character.toLowerCase(c));
            return;
        }
        String plain = Normalizer.normalize(Character.toString(c), Normalizer.Form.NFKD);
        for (int i = 0; i < plain.length(); ) {
            int p = plain.codePointAt(i);
            i += Character.charCount(p);
            if (part(p) != Part.NONE && !diacritic(p)) {
                folded.append(Character.toString(p).toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT));
            }
        }
    }

    /** Combining marks of the alphabets, and what chooses between forms of one character. */
    private static boolean diacritic(int c) {
        return (c >= 0x0300 && c <= 0x036F)
                || (c >= 0x1AB0 && c <= 0x1AFF)
                || (c >= 0x1DC0 && c <= 0x1DFF)
                || (c >= 0x20D0 && c <= 0x20FF)
                || (c >= 0xFE00 && c <= 0xFE0F)
                || (c >= 0xFE20 && c <= 0xFE2F);
    }
}
