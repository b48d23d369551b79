package dev.peal.server.config;

import dev.peal.limit.Cidr;
import dev.peal.limit.Limit;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The kinds of settings there are. */
final class Kinds {
    private static final Map<String, Long> TIME_UNITS =
            Map.of("ms", 1L, "s", 1_000L, "m", 60_000L, "h", 3_600_000L, "d", 86_400_000L);
    private static final Map<String, Long> SIZE_UNITS =
            Map.of("B", 1L, "KiB", 1L << 10, "MiB", 1L << 20, "GiB", 1L << 30);
    private static final Pattern MEASURE = Pattern.compile("([0-9]{1,12})\\s?([A-Za-z]{1,3})");

    private Kinds() {}

    static Kind<Boolean> flag() {
        return new Kind<>("true or false", text -> switch (text) {
            case "true" -> Optional.of(true);
            case "false" -> Optional.of(false);
            default -> Optional.empty();
        });
    }

    static Kind<Integer> integer(int min, int max) {
        return new Kind<>(
                "a whole number from " + min + " to " + max,
                text -> text.matches("[0-9]{1,10}")
                        ? Optional.of(Long.parseLong(text))
                                .filter(n -> n >= min && n <= max)
                                .map(Long::intValue)
                        : Optional.empty());
    }

    /** How many are kept; {@link Long#MAX_VALUE} for all. */
    static Kind<Long> count() {
        return new Kind<>("a whole number from 1 to 1000000000000, or unlimited", text -> {
            if (text.equals("unlimited")) {
                return Optional.of(Long.MAX_VALUE);
            }
            return text.matches("[0-9]{1,13}")
                    ? Optional.of(Long.parseLong(text)).filter(n -> n >= 1 && n <= 1_000_000_000_000L)
                    : Optional.empty();
        });
    }

    /** Bytes; both ends given as in the configuration. */
    static Kind<Long> size(String min, String max) {
        long least = measure(min, SIZE_UNITS).orElseThrow();
        long most = measure(max, SIZE_UNITS).orElseThrow();
        return new Kind<>(
                "a size from " + min + " to " + max + " with its unit (B, KiB, MiB, GiB), as 256KiB",
                text -> measure(text, SIZE_UNITS).filter(bytes -> bytes >= least && bytes <= most));
    }

    /** A time; both ends given as in the configuration. */
    static Kind<Duration> time(String min, String max) {
        long least = measure(min, TIME_UNITS).orElseThrow();
        long most = measure(max, TIME_UNITS).orElseThrow();
        return new Kind<>(
                "a time from " + min + " to " + max + " with its unit (ms, s, m, h, d), as 30s",
                text -> measure(text, TIME_UNITS)
                        .filter(millis -> millis >= least && millis <= most)
                        .map(Duration::ofMillis));
    }

    private static Optional<Long> measure(String text, Map<String, Long> units) {
        Matcher matcher = MEASURE.matcher(text);
        return matcher.matches() && units.containsKey(matcher.group(2))
                ? Optional.of(Math.multiplyExact(Long.parseLong(matcher.group(1)), (long) units.get(matcher.group(2))))
                : Optional.empty();
    }

    /** One of an enumeration's constants, by its name in lower case. */
    static <E extends Enum<E>> Kind<E> choice(Class<E> type) {
        Map<String, E> names = Arrays.stream(type.getEnumConstants())
                .collect(Collectors.toMap(constant -> constant.name().toLowerCase(Locale.ROOT), Function.identity()));
        String list = Arrays.stream(type.getEnumConstants())
                .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
        return new Kind<>("one of " + list, text -> Optional.ofNullable(names.get(text)));
    }

    /** Some of an enumeration's constants, at least one, by their names in lower case. */
    static <E extends Enum<E>> Kind<List<E>> choices(Class<E> type) {
        Kind<E> one = choice(type);
        Kind<List<E>> some = list(one.wants().substring("one of ".length()), one.reader());
        return new Kind<>(
                some.wants() + ", at least one",
                text -> some.reader().apply(text).filter(list -> !list.isEmpty()));
    }

    static Kind<String> text(String wants) {
        return new Kind<>(wants, text -> text.isEmpty() ? Optional.empty() : Optional.of(text));
    }

    /** One of a few words, read by a function that knows them. */
    static <T> Kind<T> word(String wants, Function<String, Optional<T>> reader) {
        return new Kind<>(wants, reader);
    }

    static Kind<Path> path() {
        return new Kind<>("a path", text -> text.isEmpty() ? Optional.empty() : Optional.of(Path.of(text)));
    }

    static Kind<Optional<Path>> optionalPath() {
        return optional("a path", text -> Optional.of(Path.of(text)));
    }

    static Kind<Optional<URI>> url() {
        return optional(
                "a URL, as https://id.example.org/keys.json",
                text -> Optional.of(URI.create(text)).filter(uri -> uri.getHost() != null));
    }

    /** {@code 10/60s}, or {@code unlimited}. */
    static Kind<Limit> rate() {
        return new Kind<>("a count of 1 to 1000000 per time of at most 24h, as 10/60s, or unlimited", text -> {
            if (text.equals("unlimited")) {
                return Optional.of(Limit.UNLIMITED);
            }
            int slash = text.indexOf('/');
            if (slash < 0 || !text.substring(0, slash).matches("[1-9][0-9]{0,6}")) {
                return Optional.empty();
            }
            return measure(text.substring(slash + 1), TIME_UNITS)
                    .map(millis -> new Limit(Integer.parseInt(text.substring(0, slash)), millis));
        });
    }

    static Kind<List<Cidr>> networks() {
        return list("IP addresses or networks, as 10.0.0.0/8", text -> Optional.of(Cidr.parse(text)));
    }

    static Kind<List<String>> words(String wants, String pattern) {
        return list(wants, text -> text.matches(pattern) ? Optional.of(text) : Optional.empty());
    }

    /** A list, its elements separated by commas or spaces; in YAML also a list. */
    static <T> Kind<List<T>> list(String wants, Function<String, Optional<T>> element) {
        return new Kind<>("a list of " + wants, text -> {
            List<Optional<T>> read = Stream.of(text.split("[,\\s]+"))
                    .filter(part -> !part.isEmpty())
                    .map(element)
                    .toList();
            return read.stream().allMatch(Optional::isPresent)
                    ? Optional.of(read.stream().map(Optional::orElseThrow).toList())
                    : Optional.empty();
        });
    }

    /** Where nothing may be given: its value is then nothing, which is a value. */
    private static <T> Kind<Optional<T>> optional(String wants, Function<String, Optional<T>> reader) {
        return new Kind<>(wants, text -> {
            Optional<T> value = text.isEmpty() ? Optional.empty() : reader.apply(text);
            return text.isEmpty() || value.isPresent() ? Optional.of(value) : Optional.empty();
        });
    }
}
