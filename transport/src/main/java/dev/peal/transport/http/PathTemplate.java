package dev.peal.transport.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A path with parameters, as {@code /api/v1/rooms/{room}/messages}: each takes one whole segment.
 *
 * <p>A path is cut at its slashes first and decoded afterwards, so that an encoded slash is a part of a value and never makes a segment. The fixed segments are
 * compared before any decoding, byte for byte.
 *
 * @param segments fixed texts; {@link #PARAMETER} for a parameter
 */
record PathTemplate(List<String> segments) {
    static final String PARAMETER = "{}";

    /** A user's id of 128 code points, each of four bytes, each byte as three characters. */
    private static final int ENCODED_LENGTH_MAX = 1_536;

    /** The template of a text. */
    static PathTemplate of(String text) {
        return new PathTemplate(split(text).stream()
                .map(segment -> segment.startsWith("{") ? PARAMETER : segment)
                .toList());
    }

    /** The encoded values of a path's parameters, where it has this form. */
    Optional<List<String>> match(String path) {
        List<String> given = split(path);
        if (given.size() != segments.size()) {
            return Optional.empty();
        }
        List<String> values = new ArrayList<>();
        for (int i = 0; i < given.size(); i++) {
            if (segments.get(i).equals(PARAMETER)) {
                values.add(given.get(i));
            } else if (!segments.get(i).equals(given.get(i))) {
                return Optional.empty();
            }
        }
        return Optional.of(values);
    }

    /**
     * Decodes the values.
     *
     * @return nothing where one is empty, too long, no UTF-8, or a {@code .} or {@code ..}, which something before this server may have resolved
     */
    static Optional<List<String>> decode(List<String> encoded) {
        List<String> values = new ArrayList<>();
        for (String text : encoded) {
            Optional<String> value = decode(text);
            if (value.isEmpty()) {
                return Optional.empty();
            }
            values.add(value.get());
        }
        return Optional.of(List.copyOf(values));
    }

    private static Optional<String> decode(String encoded) {
        if (encoded.isEmpty() || encoded.length() > ENCODED_LENGTH_MAX) {
            return Optional.empty();
        }
        return PercentText.decode(encoded).filter(text -> !text.equals(".") && !text.equals(".."));
    }

    private static List<String> split(String path) {
        return List.of(path.split("/", -1));
    }
}
