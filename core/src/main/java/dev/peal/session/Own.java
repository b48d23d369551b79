package dev.peal.session;

import java.util.Locale;

/** The messages that a session understands itself, on every path. */
enum Own {
    AUTHENTICATE,
    PING,
    READ,
    NOTIFICATIONS;

    private final String type = name().toLowerCase(Locale.ROOT);

    String type() {
        return type;
    }
}
