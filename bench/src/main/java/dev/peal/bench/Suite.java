package dev.peal.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Runs a case: every server in turn, as many rounds as asked for (A B A B …), so that what else the machine does touches all of them alike. */
final class Suite {
    private final Path home;
    private final Path out;
    private final Cores cores;
    private final Case.Pace pace;
    private final List<Contender> available;
    private final Results results;

    Suite(Path home, Path out, Cores cores, Case.Pace pace, List<Contender> available, Results results) {
        this.home = home;
        this.out = out;
        this.cores = cores;
        this.pace = pace;
        this.available = available;
        this.results = results;
    }

    void run(Case each) {
        System.out.println(each.title());
        for (int run = 1; run <= pace.runs(); run++) {
            for (Contender contender : each.contenders()) {
                if (available.contains(contender)) {
                    run(each, contender, run);
                }
            }
        }
    }

    private void run(Case each, Contender contender, int run) {
        System.out.printf("  %d/%d %-10s", run, pace.runs(), contender.title());
        try (ServerProcess server = ServerProcess.start(each, contender, cores, home, out)) {
            Generator generator = new Generator(cores);
            each.measure(server, generator, pace, (metric, value) -> {
                results.add(each.name(), contender, metric, run, value);
                System.out.print("  " + metric + " " + Report.number(value));
            });
            if (!generator.complaint().isEmpty()) {
                results.remark(each.title() + ", " + contender.title() + ": " + generator.complaint());
            }
        } catch (IOException e) {
            results.remark(each.title() + ", " + contender.title() + ": " + e.getMessage());
            System.out.print("  " + e.getMessage());
        }
        System.out.println();
    }
}
