package dev.peal.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code ./peal bench}: measures Peal beside its peers. Exit code 0 when all that was asked for has run, 1 when something did not, whatever the figures are.
 */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description =
                "Measures Peal beside ws, Socket.IO, Vert.x, Undertow, Jetty and ShareDB, and writes a table, a plot and the raw figures.")
public final class Bench implements Callable<Integer> {
    @Option(names = "--quick", description = "one run of each, short windows: a look, not a result")
    private boolean quick;

    @Option(names = "--runs", description = "runs of each, of which the median counts (default: ${DEFAULT-VALUE})")
    private int runs = 3;

    @Option(
            names = "--only",
            split = ",",
            description =
                    "cases: fanout, open, one, ack, memory, handshake, deflate, durable, durable-2, durable-rate, docs, docs-open, docs-memory, market (default: all)")
    private List<String> only = List.of();

    @Option(
            names = "--servers",
            split = ",",
            description = "servers: peal, ws, socket_io, vertx, undertow, jetty, sharedb (default: all)")
    private List<String> servers = List.of();

    @Option(names = "--out", description = "where results go (default: ${DEFAULT-VALUE})")
    private Path out = Path.of("bench", "target", "results");

    private final Path home = Path.of(System.getProperty("peal.home", "")).toAbsolutePath();

    private Bench() {}

    public static void main(String[] args) {
        System.exit(new CommandLine(new Bench()).execute(args));
    }

    @Override
    public Integer call() throws IOException {
        List<Case> cases = cases();
        Case.Pace pace = quick ? new Case.Pace(1, 4, 14, 1, 2) : new Case.Pace(runs, 6, 24, 2, 4);
        Files.createDirectories(out);
        Cores cores = new Cores();
        Results results = new Results();
        Suite suite = new Suite(home, out.toAbsolutePath(), cores, pace, available(results), results);
        for (Case each : cases) {
            suite.run(each);
            new Report(results, cases, pace, cores.pins())
                    .write(out); // After each case: a bench that is broken off has its results so far.
        }
        System.out.println();
        for (Target target : Target.ALL) {
            System.out.printf(
                    Locale.ROOT,
                    "%-42s wanted %s %-10s measured %-10s %s%n",
                    target.what(),
                    target.atLeast() ? "≥" : "≤",
                    Report.number(target.bound()),
                    Report.number(target.figure().apply(results)),
                    target.verdict(results));
        }
        results.remarks().forEach(System.out::println);
        System.out.println("written: " + out.resolve("bench.md"));
        return results.remarks().isEmpty() ? 0 : 1;
    }

    private List<Case> cases() {
        List<String> names = Cases.ALL.stream().map(Case::name).toList();
        for (String name : only) {
            if (!names.contains(name)) {
                throw new IllegalArgumentException("no such case: " + name + "; there are " + names);
            }
        }
        return Cases.ALL.stream()
                .filter(each -> only.isEmpty() || only.contains(each.name()))
                .toList();
    }

    private List<Contender> available(Results results) throws IOException {
        List<Contender> wanted = new ArrayList<>();
        for (Contender contender : Contender.ALL) {
            if (servers.isEmpty() || servers.contains(contender.name().toLowerCase(Locale.ROOT))) {
                wanted.add(contender);
            }
        }
        if (wanted.stream().anyMatch(Contender::node)) {
            String missing = new NodePeers(home.resolve("bench/peers")).install();
            if (!missing.isEmpty()) {
                results.remark("ws, Socket.IO, ShareDB: not run: " + missing);
                wanted.removeIf(Contender::node);
            }
        }
        return wanted;
    }
}
