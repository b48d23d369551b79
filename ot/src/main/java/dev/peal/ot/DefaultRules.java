package dev.peal.ot;

import java.util.Map;
import java.util.regex.Pattern;

/** The values that the formats of Quill 2 take, but for its tables, and those of images. */
final class DefaultRules {
    private static final int IMAGE_DATA_LENGTH_MAX = 1_000_000;

    private static final Pattern COLOR = Pattern.compile("#(?:[0-9a-fA-F]{3,4}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})"
            + "|[a-zA-Z]{1,32}"
            + "|(?:rgb|hsl)a?\\([0-9.,%/ deg]{1,48}\\)");
    private static final Pattern SIZE =
            Pattern.compile("small|normal|large|huge|[0-9]{1,4}(?:\\.[0-9]{1,4})?(?:px|pt|em|rem|%)");
    private static final Pattern FONT = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N} _-]{0,63}");
    private static final Pattern LANGUAGE = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_+#.-]{0,31}");
    private static final Pattern EXTENT = Pattern.compile("[0-9]{1,5}(?:\\.[0-9]{1,4})?(?:px|%)?");

    static final Map<String, ValueRule> ATTRIBUTES = Map.ofEntries(
            Map.entry("bold", ValueRule.TRUE),
            Map.entry("italic", ValueRule.TRUE),
            Map.entry("underline", ValueRule.TRUE),
            Map.entry("strike", ValueRule.TRUE),
            Map.entry("code", ValueRule.TRUE),
            Map.entry("link", Links::isLink),
            Map.entry("color", ValueRule.matching(COLOR, 64)),
            Map.entry("background", ValueRule.matching(COLOR, 64)),
            Map.entry("size", ValueRule.matching(SIZE, 16)),
            Map.entry("font", ValueRule.matching(FONT, 64)),
            Map.entry("script", ValueRule.oneOf("sub", "super")),
            Map.entry("header", ValueRule.integer(1, 6)),
            Map.entry("list", ValueRule.oneOf("ordered", "bullet", "checked", "unchecked")),
            Map.entry("align", ValueRule.oneOf("left", "center", "right", "justify")),
            Map.entry("indent", ValueRule.integer(1, 8)),
            Map.entry("direction", ValueRule.oneOf("rtl")),
            Map.entry("blockquote", ValueRule.TRUE),
            Map.entry("code-block", ValueRule.TRUE.or(ValueRule.matching(LANGUAGE, 32))),
            Map.entry("alt", ValueRule.text(1_000)),
            Map.entry("width", ValueRule.matching(EXTENT, 16).or(ValueRule.integer(1, 99_999))),
            Map.entry("height", ValueRule.matching(EXTENT, 16).or(ValueRule.integer(1, 99_999))));

    static final Map<String, ValueRule> EMBEDS = Map.of(
            "image",
            value -> Links.isImage(value, IMAGE_DATA_LENGTH_MAX),
            "formula",
            ValueRule.text(2_000),
            "divider",
            ValueRule.TRUE);

    private DefaultRules() {}
}
