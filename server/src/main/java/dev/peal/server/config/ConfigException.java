package dev.peal.server.config;

/** A configuration that cannot be used. Its message is one line for a person: the key, what it wants, what it got and from where. */
public final class ConfigException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ConfigException(String line) {
        super(line);
    }
}
