package dev.peal.ot;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which addresses may stand in a document. An address is taken only where its scheme is on a list, or where it has none: a list of what
 * is dangerous is never complete. Browsers drop control characters from an address before they look for the scheme (WHATWG URL, basic
 * parser, step 1 to 3), so {@code java\tscript:} is refused for its control character.
 */
final class Links {
    private static final int LENGTH_MAX = 2_048;
    private static final Set<String> SCHEMES = Set.of("http", "https", "mailto", "tel");
    private static final Set<String> WEB = Set.of("http", "https");
    private static final String DATA_PREFIX = "data:image/";
    private static final Pattern DATA =
            Pattern.compile("data:image/(?:png|jpeg|gif|webp);base64,", Pattern.CASE_INSENSITIVE);

    private Links() {}

    static boolean isLink(Object value) {
        return value instanceof String address && isAddress(address) && hasScheme(address, SCHEMES, true);
    }

    static boolean isImage(Object value, int dataLengthMax) {
        if (!(value instanceof String address)) {
            return false;
        }
        if (address.regionMatches(true, 0, DATA_PREFIX, 0, DATA_PREFIX.length())) {
            return address.length() <= dataLengthMax && isImageData(address);
        }
        return isWebAddress(address);
    }

    static boolean isWebAddress(Object value) {
        return value instanceof String address && isAddress(address) && hasScheme(address, WEB, false);
    }

    private static boolean isImageData(String address) {
        var matcher = DATA.matcher(address);
        if (!matcher.lookingAt()) {
            return false;
        }
        for (int i = matcher.end(); i < address.length(); i++) {
            if (!isBase64(address.charAt(i))) {
                return false;
            }
        }
        return address.length() > matcher.end();
    }

    private static boolean isBase64(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '+' || c == '/' || c == '=';
    }

    private static boolean isAddress(String address) {
        return !address.isBlank()
                && address.length() <= LENGTH_MAX
                && address.chars().noneMatch(Character::isISOControl)
                && Text.isWellFormed(address);
    }

    /** A scheme is what stands before a colon that comes before any slash, question mark or number sign. */
    private static boolean hasScheme(String address, Set<String> schemes, boolean relative) {
        for (int i = 0; i < address.length(); i++) {
            char c = address.charAt(i);
            if (c == ':') {
                return schemes.contains(address.substring(0, i).toLowerCase(Locale.ROOT));
            }
            if (c == '/' || c == '?' || c == '#' || c == '\\') {
                return relative;
            }
        }
        return relative;
    }
}
