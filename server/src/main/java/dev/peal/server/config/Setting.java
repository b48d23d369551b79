package dev.peal.server.config;

/**
 * What somebody wrote for a key.
 *
 * @param text the value as written
 * @param source who wrote it: {@code peal.yaml}, {@code PEAL_SERVER_PORT}, {@code --port}
 */
public record Setting(String text, String source) {
    private static final String DEFAULT = "default";

    static Setting ofDefault(String text) {
        return new Setting(text, DEFAULT);
    }

    /** Whether nobody wrote it. */
    public boolean isDefault() {
        return source.equals(DEFAULT);
    }
}
