package dev.peal.server.route;

import dev.peal.transport.http.PercentText;
import dev.peal.transport.http.Refusal;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The query of a request to an application's route. Pure. */
final class Parameters {
    private static final int COUNT_MAX = 32;
    private static final int TEXT_LENGTH_MAX = 512;
    private static final Set<String> SECRETS =
            Set.of("token", "access_token", "session", "sessionid", "secret", "key", "apikey", "api_key", "password");

    private Parameters() {}

    /** The parameters, each there once. What is secret never belongs into an address: addresses end up in logs and histories. */
    static Map<String, String> of(String query) throws Refusal {
        Map<String, String> values = new HashMap<>();
        for (String part : query.isEmpty() ? new String[0] : query.split("&", -1)) {
            int equals = part.indexOf('=');
            Optional<String> name = text(equals < 0 ? part : part.substring(0, equals));
            Optional<String> value = text(equals < 0 ? "" : part.substring(equals + 1));
            if (name.isPresent() && SECRETS.contains(name.get().toLowerCase(Locale.ROOT))) {
                throw Refusal.bad(
                        "secret_in_query",
                        "Tokens and secrets do not belong into an address: send a header or a body.");
            }
            if (name.isEmpty()
                    || name.get().isEmpty()
                    || value.isEmpty()
                    || values.put(name.get(), value.get()) != null
                    || values.size() > COUNT_MAX) {
                throw Refusal.bad("bad_query", "A parameter of the query is no text, too long, or there twice.");
            }
        }
        return values;
    }

    private static Optional<String> text(String encoded) {
        return PercentText.decode(encoded.replace('+', ' ')).filter(text -> text.length() <= TEXT_LENGTH_MAX);
    }
}
