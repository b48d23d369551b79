package dev.peal.search;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What a person looks for. All of its phrases must be in a text. A phrase is what stands between two spaces: one word, or several that must follow each other
 * ({@code don't}, {@code 東京}). The very last word may be the beginning of one, since it may not be written to its end.
 */
public final class Query {
    private final List<List<String>> phrases;

    private Query(List<List<String>> phrases) {
        this.phrases = phrases;
    }

    public static Query of(String text) {
        List<List<String>> phrases = new ArrayList<>();
        for (String part : text.split("[\\s\\p{Z}]+", -1)) {
            List<String> words = Words.of(part).stream().map(Word::folded).toList();
            if (!words.isEmpty()) {
                phrases.add(words);
            }
        }
        return new Query(phrases);
    }

    /** The folded words of each phrase; none of them is empty. The last word of the last phrase is a beginning. */
    public List<List<String>> phrases() {
        return phrases;
    }

    /** Whether it has no word: then it matches nothing. */
    public boolean isEmpty() {
        return phrases.isEmpty();
    }

    /** Where it matches, joined where ranges meet; empty where a phrase is missing. A word that only begins so counts whole. */
    public List<SearchRead.Range> in(String text) {
        List<Word> words = Words.of(text);
        List<SearchRead.Range> found = new ArrayList<>();
        for (int i = 0; i < phrases.size(); i++) {
            int before = found.size();
            find(phrases.get(i), i == phrases.size() - 1, words, found);
            if (found.size() == before) {
                return List.of();
            }
        }
        return joined(found);
    }

    private static void find(List<String> phrase, boolean last, List<Word> words, List<SearchRead.Range> found) {
        for (int at = 0; at + phrase.size() <= words.size(); at++) {
            if (standsAt(at, phrase, last, words)) {
                int end = words.get(at + phrase.size() - 1).end();
                found.add(new SearchRead.Range(words.get(at).start(), end));
            }
        }
    }

    private static boolean standsAt(int at, List<String> phrase, boolean last, List<Word> words) {
        for (int i = 0; i < phrase.size(); i++) {
            String word = words.get(at + i).folded();
            boolean begins = last && i == phrase.size() - 1;
            if (begins ? !word.startsWith(phrase.get(i)) : !word.equals(phrase.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static List<SearchRead.Range> joined(List<SearchRead.Range> ranges) {
        ranges.sort(Comparator.comparingInt(SearchRead.Range::start));
        List<SearchRead.Range> joined = new ArrayList<>();
        for (SearchRead.Range range : ranges) {
            SearchRead.Range last = joined.isEmpty() ? null : joined.getLast();
            if (last != null && range.start() <= last.end()) {
                joined.set(joined.size() - 1, new SearchRead.Range(last.start(), Math.max(last.end(), range.end())));
            } else {
                joined.add(range);
            }
        }
        return joined;
    }
}
