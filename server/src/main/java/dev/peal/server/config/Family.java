package dev.peal.server.config;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Settings of one shape whose last word the user chooses, such as {@code rate.<message type>}.
 *
 * @param prefix all before that word, with its dot
 * @param word what may stand there
 * @param placeholder how the word is called in explanations
 * @param kind how each one's text is read
 * @param shipped those that have a value from the start, as text
 * @param doc what they do
 */
public record Family<T>(
        String prefix, Pattern word, String placeholder, Kind<T> kind, Map<String, String> shipped, String doc) {
    public Family {
        shipped = new TreeMap<>(shipped);
    }

    boolean owns(String name) {
        return name.startsWith(prefix)
                && word.matcher(name.substring(prefix.length())).matches();
    }
}
