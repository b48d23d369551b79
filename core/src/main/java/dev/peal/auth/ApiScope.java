package dev.peal.auth;

import java.util.Locale;
import java.util.Optional;

/** What an API key may be used for. Each operation of the server API asks for one. */
public enum ApiScope {
    /** Put messages into rooms. */
    PUBLISH,
    /** Send notifications to users and to everybody. */
    NOTIFY,
    /** Read rooms, their members and what was said in them. */
    READ,
    /** See connections with their addresses, disconnect and revoke users. */
    ADMIN,
    /** Read {@code /metrics} where it is not open. */
    METRICS;

    /** Its name on the command line, in the file and in answers. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The scope of a name, in lower case. */
    public static Optional<ApiScope> named(String label) {
        for (ApiScope scope : values()) {
            if (scope.label().equals(label)) {
                return Optional.of(scope);
            }
        }
        return Optional.empty();
    }
}
