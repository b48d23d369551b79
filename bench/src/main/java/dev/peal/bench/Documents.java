package dev.peal.bench;

import dev.peal.bench.Generator.Figures;
import java.io.IOException;
import java.util.List;

/** Typing in one document: with a hundred operations in flight, and on ShareDB, which sends each of these all that was done since its revision, also with fewer, of which the best counts. */
record Documents() implements Case {
    static final String OPERATIONS = "operations/s";

    private static final int IN_FLIGHT = 100;
    private static final List<Integer> FEWER = List.of(10, 3, 1);

    @Override
    public String name() {
        return "docs";
    }

    @Override
    public String title() {
        return "Operations on one document";
    }

    @Override
    public String method() {
        return "One connection types at the end of one document, 100 operations of one character in flight; each is made on the newest revision seen, transformed over "
                + "those that came since, and acknowledged: by Peal when it is on disk, by ShareDB (rich-text) when it is in its memory store. For ShareDB the best of 100, 10, 3 and 1 "
                + "in flight counts.";
    }

    @Override
    public String headline() {
        return OPERATIONS;
    }

    @Override
    public List<Contender> contenders() {
        return Contender.DOCUMENTS;
    }

    @Override
    public void measure(ServerProcess server, Generator generator, Pace pace, Recorder recorder) throws IOException {
        Figures best = at(IN_FLIGHT, server, generator, pace);
        int inFlight = IN_FLIGHT;
        if (server.contender() != Contender.PEAL) {
            for (int fewer : FEWER) {
                Figures next = at(fewer, server, generator, pace.warm());
                if (next.framesPerSecond() > best.framesPerSecond()) {
                    best = next;
                    inFlight = fewer;
                }
            }
        }
        recorder.record(OPERATIONS, best.framesPerSecond());
        recorder.record("in flight", inFlight);
        recorder.record("server CPU µs/operation", best.number("cpuMicrosPerFrame"));
        recorder.record(Cases.P99, best.p99Millis());
    }

    /** Each run has a document of its own, so that none is as long as all before it together. */
    private static Figures at(int inFlight, ServerProcess server, Generator generator, Pace pace) throws IOException {
        Load load = Cases.timed(Load.of("request", server.contender().editDialect()), pace)
                .with("--conns", 1)
                .with("--first-room", inFlight)
                .with("--inflight", inFlight);
        return generator.run(server, load);
    }
}
