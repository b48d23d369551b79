package dev.peal.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Writes what was measured: {@code bench.md} with the tables, {@code bench.svg} with the plot, {@code bench.json} with every single figure. */
final class Report {
    private final Results results;
    private final List<Case> cases;
    private final Case.Pace pace;
    private final boolean pinned;

    Report(Results results, List<Case> cases, Case.Pace pace, boolean pinned) {
        this.results = results;
        this.cases = cases;
        this.pace = pace;
        this.pinned = pinned;
    }

    void write(Path out) throws IOException {
        Files.writeString(out.resolve("bench.md"), markdown());
        Files.writeString(out.resolve("bench.svg"), new Plot(results, cases).svg());
        Files.writeString(out.resolve("bench.json"), json());
    }

    String markdown() {
        List<String> parts = new ArrayList<>();
        parts.add("# Benchmarks\n\n" + conditions());
        parts.add("![](bench.svg)");
        parts.add("## Targets\n\n" + targets());
        for (Case each : cases) {
            parts.add("## " + each.title() + "\n\n" + each.method() + "\n\n" + table(each));
        }
        if (!results.remarks().isEmpty()) {
            parts.add("## What did not run\n\n"
                    + results.remarks().stream().map(remark -> "- " + remark).collect(Collectors.joining("\n")));
        }
        return String.join("\n\n", parts) + "\n";
    }

    private String conditions() {
        String cores = pinned
                ? "The server had one core and the load generator another."
                : "Server and load generator shared what the system gave them: nothing was pinned to a core.";
        return "%s, %s processors, Java %s, %s. %s Medians of %d, each a window of %s s after %s to %s s of warming up; the servers took turns. Loopback only: read the ratios, not the figures."
                .formatted(
                        System.getProperty("os.name") + " " + System.getProperty("os.arch") + ", " + processor(),
                        Runtime.getRuntime().availableProcessors(),
                        Runtime.version(),
                        Instant.now().truncatedTo(ChronoUnit.MINUTES),
                        cores,
                        pace.runs(),
                        number(pace.seconds()),
                        number(pace.warmSeconds()),
                        number(pace.warmSecondsMax()));
    }

    private static String processor() {
        try {
            return Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                    .filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("unknown processor");
        } catch (IOException e) {
            return "unknown processor"; // No /proc on this system.
        }
    }

    private String targets() {
        StringBuilder table = new StringBuilder("| | wanted | measured | |\n|---|--:|--:|---|\n");
        for (Target target : Target.ALL) {
            table.append("| %s | %s %s | %s | %s |%n"
                    .formatted(
                            target.what(),
                            target.atLeast() ? "≥" : "≤",
                            number(target.bound()),
                            number(target.figure().apply(results)),
                            target.verdict(results)));
        }
        return table.toString().strip();
    }

    private String table(Case each) {
        List<String> metrics = results.metrics(each.name());
        if (metrics.isEmpty()) {
            return "Not measured.";
        }
        StringBuilder table = new StringBuilder(
                "| | " + String.join(" | ", metrics) + " |\n|---|" + "--:|".repeat(metrics.size()) + "\n");
        for (Contender contender : each.contenders()) {
            String row = metrics.stream()
                    .map(metric -> number(results.median(each.name(), contender, metric)))
                    .collect(Collectors.joining(" | "));
            table.append("| ")
                    .append(contender.title())
                    .append(" | ")
                    .append(row)
                    .append(" |\n");
        }
        return table.toString().strip();
    }

    private String json() {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("runs", pace.runs());
        all.put("warmSeconds", pace.warmSeconds());
        all.put("seconds", pace.seconds());
        all.put("pinned", pinned);
        all.put("findings", results.findings());
        all.put("remarks", results.remarks());
        return JsonMapper.builder()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .build()
                .writeValueAsString(all);
    }

    static String number(OptionalDouble value) {
        return value.isPresent() ? number(value.getAsDouble()) : "–";
    }

    /** Three significant digits, thousands grouped. */
    static String number(double value) {
        if (Double.isNaN(value)) {
            return "not kept up";
        }
        double size = Math.abs(value);
        String format = size >= 100 ? "%,.0f" : size >= 10 ? "%.1f" : "%.2f";
        double rounded = size >= 1_000
                ? Math.round(value / Math.pow(10, Math.floor(Math.log10(size)) - 2))
                        * Math.pow(10, Math.floor(Math.log10(size)) - 2)
                : value;
        return String.format(Locale.ROOT, format, rounded);
    }
}
