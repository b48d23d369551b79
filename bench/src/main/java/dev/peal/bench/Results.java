package dev.peal.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** Every figure of a bench run, and what failed. Filled by one thread. */
final class Results {
    /** One figure of one run; NaN where the server did not stand what the figure is about. */
    record Finding(String caseName, Contender contender, String metric, int run, double value) {}

    private final List<Finding> findings = new ArrayList<>();
    private final List<String> remarks = new ArrayList<>();

    void add(String caseName, Contender contender, String metric, int run, double value) {
        findings.add(new Finding(caseName, contender, metric, run, value));
    }

    /** Keeps a sentence for the report: what did not run, and why. */
    void remark(String sentence) {
        if (!remarks.contains(sentence)) {
            remarks.add(sentence);
        }
    }

    List<Finding> findings() {
        return List.copyOf(findings);
    }

    List<String> remarks() {
        return List.copyOf(remarks);
    }

    /** The metrics of a case, in the order they were first found. */
    List<String> metrics(String caseName) {
        return findings.stream()
                .filter(finding -> finding.caseName().equals(caseName))
                .map(Finding::metric)
                .distinct()
                .toList();
    }

    /** The middle of the runs' values, the mean of the two middle ones where their number is even; empty if there is none. */
    OptionalDouble median(String caseName, Contender contender, String metric) {
        double[] values = findings.stream()
                .filter(finding -> finding.caseName().equals(caseName)
                        && finding.contender() == contender
                        && finding.metric().equals(metric))
                .mapToDouble(Finding::value)
                .sorted()
                .toArray();
        if (values.length == 0) {
            return OptionalDouble.empty();
        }
        int middle = values.length / 2;
        return OptionalDouble.of(values.length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2);
    }
}
