package dev.peal.server.api;

import dev.peal.auth.ApiKey;
import dev.peal.protocol.Position;
import dev.peal.transport.http.PercentText;
import dev.peal.transport.http.Refusal;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The query of a request, taken apart strictly: each parameter is known, comes once and keeps its rule. Immutable. */
final class Query {
    /** The most that a page may hold. */
    static final int LIMIT_MAX = 1_000;

    private static final int LIMIT_USUAL = 100;
    private static final int TEXT_LENGTH_MAX = 256;
    private static final Set<String> NAMES_OF_KEYS =
            Set.of("key", "apikey", "api_key", "api-key", "token", "access_token", "auth", "authorization", "secret");

    private final Map<String, String> values;

    private Query(Map<String, String> values) {
        this.values = values;
    }

    /** Refuses a query with a key in it, whether it is right or wrong: addresses end up in logs, histories and referrers. */
    static void refuseKeys(String query) throws Refusal {
        for (String part : query.split("&")) {
            String name = part.substring(0, part.indexOf('=') < 0 ? part.length() : part.indexOf('='));
            if (NAMES_OF_KEYS.contains(name.toLowerCase(Locale.ROOT))
                    || PercentText.decode(part).orElse(part).contains(ApiKey.PREFIX)) {
                throw Refusal.bad(
                        "key_in_query",
                        "An API key does not belong into an address: send Authorization: Bearer. Revoke a key that was sent so.");
            }
        }
    }

    /**
     * Reads a query.
     *
     * @param known the parameters that there are
     */
    static Query read(String query, Set<String> known) throws Refusal {
        Map<String, String> values = new TreeMap<>();
        for (String part : query.isEmpty() ? new String[0] : query.split("&", -1)) {
            int equals = part.indexOf('=');
            String name = equals < 0 ? part : part.substring(0, equals);
            if (!known.contains(name)) {
                String those = known.isEmpty()
                        ? "none"
                        : String.join(", ", known.stream().sorted().toList());
                throw Refusal.bad("unknown_parameter", "That is no parameter of this operation; it has " + those + ".");
            }
            String encoded = equals < 0 ? "" : part.substring(equals + 1).replace('+', ' ');
            Optional<String> value = PercentText.decode(encoded);
            if (value.isEmpty() || value.get().isEmpty() || value.get().length() > TEXT_LENGTH_MAX) {
                throw bad(name, "1 to " + TEXT_LENGTH_MAX + " characters");
            }
            if (values.put(name, value.get()) != null) {
                throw bad(name, "to be there once");
            }
        }
        return new Query(values);
    }

    Optional<String> text(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /** How many a page is to hold. */
    int limit() throws Refusal {
        return (int) number("limit", 1, LIMIT_MAX).orElse((long) LIMIT_USUAL).longValue();
    }

    /** An offset in a log. */
    Optional<Long> offset(String name) throws Refusal {
        return number(name, 0, Position.OFFSET_MAX);
    }

    private Optional<Long> number(String name, long min, long max) throws Refusal {
        String text = values.get(name);
        if (text == null) {
            return Optional.empty();
        }
        long number = text.matches("[0-9]{1,16}") ? Long.parseLong(text) : -1;
        if (number < min || number > max) {
            throw bad(name, "a whole number from " + min + " to " + max);
        }
        return Optional.of(number);
    }

    private static Refusal bad(String name, String wants) {
        return Refusal.bad("bad_" + name, name + " wants " + wants + ".");
    }
}
