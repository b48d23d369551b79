package dev.peal.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ReportTest {
    private final Results results = new Results();

    @Test
    void medianIsTheMiddleOfTheRuns() {
        add(Contender.PEAL, 3, 1, 2);
        add(Contender.WS, 4, 1);

        assertThat(results.median("fanout", Contender.PEAL, Cases.FRAMES)).hasValue(2);
        assertThat(results.median("fanout", Contender.WS, Cases.FRAMES)).hasValue(2.5);
        assertThat(results.median("fanout", Contender.JETTY, Cases.FRAMES)).isEmpty();
    }

    @Test
    void aTargetThatIsMissedIsSaidToFallShort() {
        add(Contender.PEAL, 3_999_000);
        add(Contender.WS, 90_000);

        String report = markdown();

        assertThat(report)
                .contains("| fan-out, frames/s | ≥ 4,000,000 | 4,000,000 | falls short |")
                .contains("| fan-out, times ws | ≥ 40.0 | 44.4 | reached |")
                .contains("| handshakes/s | ≥ 6,000 | – | not measured |");
    }

    @Test
    void aLatencyUnderALoadThatWasNotKeptUpWithFallsShort() {
        results.add("open", Contender.PEAL, OpenLoop.AT_TARGET_P99, 1, Double.NaN);

        assertThat(markdown()).contains("| p99 ms at 6,000,000 frames/s | ≤ 100 | not kept up | falls short |");
    }

    @Test
    void whatDidNotRunIsNamed() {
        results.remark("ws: not run: needs node");

        assertThat(markdown()).contains("- ws: not run: needs node");
    }

    @Test
    void plotHasABarForEveryServerOfACase() {
        add(Contender.PEAL, 5_000_000);

        String svg = new Plot(results, Cases.ALL).svg();

        assertThat(svg).contains("Fan-out, closed loop: frames/s").doesNotContain("Handshakes");
        assertThat(svg.split("<rect ")).hasSize(1 + Contender.ROOMS.size());
    }

    @Test
    void numbersHaveThreeDigits() {
        assertThat(Report.number(1_234_567)).isEqualTo("1,230,000");
        assertThat(Report.number(123.4)).isEqualTo("123");
        assertThat(Report.number(12.34)).isEqualTo("12.3");
        assertThat(Report.number(1.234)).isEqualTo("1.23");
    }

    private String markdown() {
        return new Report(results, Cases.ALL, new Case.Pace(1, 1, 1, 1, 1), true).markdown();
    }

    private void add(Contender contender, double... values) {
        for (int i = 0; i < values.length; i++) {
            results.add("fanout", contender, Cases.FRAMES, i + 1, values[i]);
        }
    }

    @Test
    void everyCaseHasATarget() {
        List<String> unmeasured = Target.ALL.stream()
                .map(target -> target.verdict(results))
                .distinct()
                .toList();

        assertThat(unmeasured).containsExactly("not measured");
    }
}
