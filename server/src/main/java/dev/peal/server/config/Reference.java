package dev.peal.server.config;

import java.util.List;

/** The explanation of every key, from the table. */
public final class Reference {
    private Reference() {}

    /** All keys with what they want, their default, their environment variable and what they do. */
    public static String text() {
        StringBuilder text = new StringBuilder();
        for (Key<?> key : Keys.all()) {
            entry(text, key.name(), key.kind().wants(), key.fallback(), key.variable(), key.doc());
        }
        for (Family<?> family : Keys.families()) {
            List<String> shipped = family.shipped().entrySet().stream()
                    .map(setting -> setting.getKey() + "=" + setting.getValue())
                    .toList();
            entry(
                    text,
                    family.prefix() + family.placeholder(),
                    family.kind().wants(),
                    String.join(" ", shipped),
                    Names.variable(family.prefix()) + "…",
                    family.doc());
        }
        return text.toString();
    }

    private static void entry(
            StringBuilder text, String name, String wants, String fallback, String variable, String doc) {
        text.append(name).append('\n');
        text.append("    ").append(doc).append('\n');
        text.append("    wants    ").append(wants).append('\n');
        text.append("    default  ")
                .append(fallback.isEmpty() ? "(nothing)" : fallback)
                .append('\n');
        text.append("    env      ").append(variable).append("\n\n");
    }
}
