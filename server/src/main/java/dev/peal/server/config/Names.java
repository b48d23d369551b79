package dev.peal.server.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Spellings of keys. */
final class Names {
    private static final int TYPO_EDITS_MAX = 3;

    private Names() {}

    /** {@code http.allowedOrigins} as the environment spells it: {@code PEAL_HTTP_ALLOWED_ORIGINS}. */
    static String variable(String key) {
        return "PEAL_"
                + key.replace('.', '_')
                        .replaceAll("(?<=[a-z0-9])(?=[A-Z])", "_")
                        .toUpperCase(Locale.ROOT);
    }

    /** The name that was probably meant. */
    static Optional<String> nearest(String wrong, Collection<String> known) {
        return known.stream()
                .min(Comparator.comparingInt(name -> edits(wrong, name)))
                .filter(name -> edits(wrong, name) <= TYPO_EDITS_MAX);
    }

    /** Levenshtein's distance, letters of either case alike. */
    private static int edits(String a, String b) {
        String left = a.toLowerCase(Locale.ROOT);
        String right = b.toLowerCase(Locale.ROOT);
        int[] row = new int[right.length() + 1];
        for (int j = 0; j <= right.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= left.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= right.length(); j++) {
                int change = diagonal + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[right.length()];
    }
}
