package dev.peal.auth;

import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** A token's payload (RFC 7519 4), read strictly: a claim of the wrong type makes the token none. */
final class Claims {
    /** The latest instant a claim may name: the end of the year 9999, in seconds. */
    private static final long SECONDS_MAX = 253_402_300_799L;

    private static final int AUDIENCES_MAX = 64;

    private final Map<String, Object> values;

    Claims(Map<String, Object> values) {
        this.values = values;
    }

    /** A string, if the claim is there. */
    Optional<String> text(String name) throws ParseException {
        Object value = values.get(name);
        if (value == null && !values.containsKey(name)) {
            return Optional.empty();
        }
        if (value instanceof String text) {
            return Optional.of(text);
        }
        throw new ParseException(name + " is no string", 0);
    }

    /** A NumericDate in milliseconds, if the claim is there; fractions of a second are dropped. */
    OptionalLong instantMillis(String name) throws ParseException {
        if (!values.containsKey(name)) {
            return OptionalLong.empty();
        }
        if (!(values.get(name) instanceof Number number) || !inRange(number.doubleValue())) {
            throw new ParseException(name + " is no date", 0);
        }
        return OptionalLong.of(number.longValue() * 1000);
    }

    /** {@code aud}: one string or an array of them; empty if it is missing. */
    List<String> audiences() throws ParseException {
        if (values.get("aud") instanceof String one) {
            return List.of(one);
        }
        return texts("aud", AUDIENCES_MAX).orElse(List.of());
    }

    /** {@code rooms}: an array of patterns; every room if it is missing. */
    RoomGlobs rooms() throws ParseException {
        var patterns = texts("rooms", RoomGlobs.PATTERNS_MAX);
        if (patterns.isEmpty()) {
            return RoomGlobs.ALL;
        }
        try {
            return RoomGlobs.of(patterns.get());
        } catch (IllegalArgumentException tooLong) {
            throw new ParseException("rooms has a pattern that is too long", 0);
        }
    }

    private Optional<List<String>> texts(String name, int countMax) throws ParseException {
        if (!values.containsKey(name)) {
            return Optional.empty();
        }
        if (!(values.get(name) instanceof List<?> list) || list.size() > countMax) {
            throw new ParseException(name + " is no short list of strings", 0);
        }
        var texts = new ArrayList<String>(list.size());
        for (Object element : list) {
            if (!(element instanceof String text)) {
                throw new ParseException(name + " is no list of strings", 0);
            }
            texts.add(text);
        }
        return Optional.of(texts);
    }

    /** False for NaN too. */
    private static boolean inRange(double seconds) {
        return seconds >= 0 && seconds <= SECONDS_MAX;
    }
}
