package dev.peal.auth;

import java.util.List;

/**
 * Which rooms a token opens: patterns of the {@code rooms} claim, where {@code *} stands for any run of characters and {@code ?} for one. A pattern matches
 * the whole room id, case-sensitively.
 */
public final class RoomGlobs {
    /** Every room: what a token without the claim opens. */
    public static final RoomGlobs ALL = new RoomGlobs(List.of("*"));

    /** The most patterns a token may carry. */
    public static final int PATTERNS_MAX = 64;

    /** The longest pattern, in UTF-16 code units. */
    public static final int PATTERN_LENGTH_MAX = 128;

    private final String[] patterns;

    private RoomGlobs(List<String> patterns) {
        this.patterns = patterns.toArray(String[]::new);
    }

    /**
     * Reads the patterns of a claim.
     *
     * @param patterns none opens no room
     * @throws IllegalArgumentException if there are more than {@link #PATTERNS_MAX}, or one is longer than {@link #PATTERN_LENGTH_MAX}
     */
    public static RoomGlobs of(List<String> patterns) {
        if (patterns.size() > PATTERNS_MAX) {
            throw new IllegalArgumentException("more than " + PATTERNS_MAX + " room patterns");
        }
        if (patterns.stream().anyMatch(pattern -> pattern.length() > PATTERN_LENGTH_MAX)) {
            throw new IllegalArgumentException("a room pattern is longer than " + PATTERN_LENGTH_MAX);
        }
        return patterns.equals(List.of("*")) ? ALL : new RoomGlobs(patterns);
    }

    /** Whether the token opens this room; linear in the lengths for a pattern with one {@code *}, never worse than their product. */
    public boolean allows(String roomId) {
        for (String pattern : patterns) {
            if (matches(pattern, roomId)) {
                return true;
            }
        }
        return false;
    }

    /** The patterns, as they came. */
    public List<String> patterns() {
        return List.of(patterns);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RoomGlobs globs && patterns().equals(globs.patterns());
    }

    @Override
    public int hashCode() {
        return patterns().hashCode();
    }

    @Override
    public String toString() {
        return patterns().toString();
    }

    /** Greedy matching that returns to the last star only: an earlier star never has to take more, since the last can. */
    private static boolean matches(String pattern, String text) {
        int p = 0;
        int t = 0;
        int star = -1;
        int retry = 0;
        while (t < text.length()) {
            char want = p < pattern.length() ? pattern.charAt(p) : 0;
            if (want == '*') {
                star = p++;
                retry = t;
            } else if (p < pattern.length() && (want == '?' || want == text.charAt(t))) {
                p++;
                t++;
            } else if (star >= 0) {
                p = star + 1;
                t = ++retry;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }
}
