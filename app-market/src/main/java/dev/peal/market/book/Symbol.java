package dev.peal.market.book;

import java.util.regex.Pattern;

/**
 * What is traded, and in which steps.
 *
 * @param name 1 to 32 letters, digits, {@code . _ : / -}: it stands in JSON and in URLs without an escape
 * @param id 1 or more; what stands for the name in binary frames, the same for as long as the server runs
 * @param tick the step of its prices
 * @param lot the step of its sizes
 */
public record Symbol(String name, int id, Step tick, Step lot) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._:/-]{1,32}");

    public Symbol {
        if (!isName(name)) {
            throw new IllegalArgumentException("no name of a symbol: " + name);
        }
        if (id < 1) {
            throw new IllegalArgumentException("no id of a symbol: " + id);
        }
    }

    /** A symbol with its steps as texts, such as {@code Symbol.of("BTC-USD", 1, "0.01", "0.0001")}. */
    public static Symbol of(String name, int id, String tick, String lot) {
        return new Symbol(name, id, Step.of(tick), Step.of(lot));
    }

    /** Whether a text may be a symbol's name. */
    public static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }
}
