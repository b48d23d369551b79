package dev.peal.server.config;

/**
 * One setting.
 *
 * @param name as in {@code server.port}
 * @param kind how its text is read
 * @param fallback its default, as text
 * @param doc what it does, in a sentence or two
 */
public record Key<T>(String name, Kind<T> kind, String fallback, String doc) {
    /** The environment's name for it: {@code PEAL_SERVER_PORT}. */
    String variable() {
        return Names.variable(name);
    }
}
