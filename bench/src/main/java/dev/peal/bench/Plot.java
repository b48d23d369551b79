package dev.peal.bench;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** Draws one panel of bars for each case that has figures: a bar per server, as long as its headline figure. */
final class Plot {
    private static final int WIDTH = 760;
    private static final int LABEL_WIDTH = 110;
    private static final int VALUE_WIDTH = 110;
    private static final int BAR = 18;
    private static final int GAP = 6;
    private static final int HEAD = 34;

    private final Results results;
    private final List<Case> cases;
    private final StringBuilder svg = new StringBuilder();

    Plot(Results results, List<Case> cases) {
        this.results = results;
        this.cases = cases;
    }

    /** A whole SVG document, readable on light and dark grounds. */
    String svg() {
        int y = GAP;
        for (Case each : cases) {
            if (results.metrics(each.name()).contains(each.headline())) {
                y = panel(each, y) + HEAD / 2;
            }
        }
        return """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="system-ui, sans-serif" font-size="13" role="img">
                <title>Benchmarks of Peal and its peers</title>
                <style>text{fill:#24292f}.h{font-weight:600}.p{fill:#8c959f}.o{fill:#0969da}\
                @media(prefers-color-scheme:dark){text{fill:#e6edf3}.p{fill:#6e7681}.o{fill:#58a6ff}}</style>
                %s</svg>
                """.formatted(WIDTH, y, svg);
    }

    private int panel(Case each, int top) {
        text("h", 0, top + 16, each.title() + ": " + each.headline());
        double most = each.contenders().stream()
                .mapToDouble(contender -> figure(each, contender).orElse(0))
                .max()
                .orElse(1);
        int y = top + HEAD;
        for (Contender contender : each.contenders()) {
            OptionalDouble figure = figure(each, contender);
            text("l", 0, y + BAR - 4, contender.title());
            double length = figure.orElse(0) / most * (WIDTH - LABEL_WIDTH - VALUE_WIDTH);
            svg.append(String.format(
                    Locale.ROOT,
                    "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" rx=\"2\"/>%n",
                    contender == Contender.PEAL ? "o" : "p",
                    LABEL_WIDTH,
                    y,
                    Math.max(1, length),
                    BAR));
            text("v", LABEL_WIDTH + (int) length + GAP, y + BAR - 4, Report.number(figure));
            y += BAR + GAP;
        }
        return y;
    }

    private OptionalDouble figure(Case each, Contender contender) {
        return results.median(each.name(), contender, each.headline());
    }

    private void text(String kind, int x, int y, String words) {
        String escaped = words.replace("&", "&amp;").replace("<", "&lt;");
        svg.append("<text class=\"%s\" x=\"%d\" y=\"%d\">%s</text>%n".formatted(kind, x, y, escaped));
    }
}
