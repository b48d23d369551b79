package dev.peal.bench;

import dev.peal.bench.Generator.Figures;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Opening a document with a long history at its last revision. */
record DocumentOpening() implements Case {
    static final String MEDIAN = "median ms";

    @Override
    public String name() {
        return "docs-open";
    }

    @Override
    public String title() {
        return "Opening a document";
    }

    @Override
    public String method() {
        return "A paper of 104,852 characters, from `join_document` to the last byte of the answer. Peal has its 259,778 operations on the disk and the document not in memory: it is "
                + "opened from its snapshot. ShareDB has the paper in its memory store, made by one operation.";
    }

    @Override
    public String headline() {
        return MEDIAN;
    }

    @Override
    public List<Contender> contenders() {
        return Contender.DOCUMENTS;
    }

    @Override
    public void prepare(Contender contender, Path data) throws IOException {
        if (contender == Contender.PEAL) {
            Paper.store(data);
        } else {
            Paper.write(data);
        }
    }

    @Override
    public void measure(ServerProcess server, Generator generator, Pace pace, Recorder recorder) throws IOException {
        Load load = Cases.timed(Load.of("open", server.contender().openDialect()), pace);
        Figures figures = generator.run(server, load);
        recorder.record(MEDIAN, figures.number("p50Micros") / 1000);
        recorder.record(Cases.P99, figures.p99Millis());
    }
}
