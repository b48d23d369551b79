package dev.peal.server.config;

import java.util.Optional;
import java.util.function.Function;

/**
 * How the text of a setting becomes a value.
 *
 * @param wants completes "the key wants …": {@code a whole number from 0 to 65535}
 * @param reader the value of a text, or nothing where it is none; what it throws as {@link IllegalArgumentException} counts as nothing
 */
public record Kind<T>(String wants, Function<String, Optional<T>> reader) {
    /** The value of a text, or nothing. */
    Optional<T> read(String text) {
        try {
            return reader.apply(text);
        } catch (IllegalArgumentException e) {
            return Optional
                    .empty(); // a parser's way to say that the text is not its kind; the caller tells what is wanted
        }
    }
}
