package dev.peal.e2e.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Judges what the Autobahn plugin wrote, more strictly than the plugin does: on the behaviour in each case and on how it was closed. Runs after the plugin, in the
 * phase {@code verify}; the number of cases that must have run comes from the build.
 */
final class AutobahnReportGate {
    private static final Path REPORTS = Path.of(System.getProperty("peal.autobahn.reports"));
    private static final List<String> INFORMATIONAL = List.of("7.1.6", "7.13.1", "7.13.2");

    @Test
    void everyCaseIsRightAndClosedRight() throws IOException {
        Map<String, JsonNode> cases = cases();
        List<String> wrong = new ArrayList<>();
        List<String> informational = new ArrayList<>();
        cases.forEach((id, result) -> {
            String behavior = result.path("behavior").asString();
            String close = result.path("behaviorClose").asString();
            if (behavior.equals("INFORMATIONAL")) {
                informational.add(id);
            }
            boolean right = (behavior.equals("OK") || behavior.equals("INFORMATIONAL"))
                    && (close.equals("OK") || close.equals("INFORMATIONAL"));
            if (!right) {
                wrong.add(id + " " + behavior + " / " + close);
            }
        });
        assertThat(wrong).isEmpty();
        assertThat(informational).containsExactlyInAnyOrderElementsOf(INFORMATIONAL);
        assertThat(cases).hasSize(Integer.getInteger("peal.autobahn.cases"));
    }

    private static Map<String, JsonNode> cases() throws IOException {
        Map<String, JsonNode> cases = new TreeMap<>();
        JsonMapper mapper = JsonMapper.builder().build();
        try (Stream<Path> files = Files.walk(REPORTS)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".json")).toList()) {
                JsonNode report = mapper.readTree(file);
                if (report.has("behavior") && report.has("id")) {
                    cases.put(report.path("id").asString(), report);
                }
            }
        }
        return cases;
    }
}
