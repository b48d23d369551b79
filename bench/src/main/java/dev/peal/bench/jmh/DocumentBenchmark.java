package dev.peal.bench.jmh;

import dev.peal.ot.Delta;
import dev.peal.ot.Document;
import dev.peal.ot.DocumentRules;
import dev.peal.testkit.trace.Trace;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What people really typed, edit by edit: each makes a document of its own. Edits per second. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class DocumentBenchmark {
    private static final int PAPER_EDITS = 259_778;
    private static final int CODE_EDITS = 40_173;

    private List<Delta> paper = List.of();
    private List<Delta> code = List.of();

    /** Makes the operations. */
    @Setup
    public void setUp() {
        paper = changes(Trace.automergePaper());
        code = changes(Trace.rustCode());
        if (paper.size() != PAPER_EDITS || code.size() != CODE_EDITS) {
            throw new IllegalStateException(paper.size() + " and " + code.size() + " edits");
        }
    }

    private static List<Delta> changes(Trace trace) {
        List<Delta> changes = new ArrayList<>();
        for (Trace.Transaction transaction : trace.transactions()) {
            for (Trace.Patch patch : transaction.patches()) {
                changes.add(Delta.builder()
                        .retain(patch.position())
                        .insert(patch.inserted())
                        .delete(patch.deleted())
                        .build());
            }
        }
        return changes;
    }

    /** Mostly single keys. */
    @Benchmark
    @OperationsPerInvocation(PAPER_EDITS)
    public Document paper() {
        return applied(paper);
    }

    /** With pieces that are moved and replaced. */
    @Benchmark
    @OperationsPerInvocation(CODE_EDITS)
    public Document code() {
        return applied(code);
    }

    private static Document applied(List<Delta> changes) {
        Document document = Document.EMPTY;
        for (Delta change : changes) {
            document = document.apply(change);
        }
        return document;
    }

    /** As a server does it: checked by the rules first. */
    @Benchmark
    @OperationsPerInvocation(PAPER_EDITS)
    public Document paperChecked() {
        Document document = Document.EMPTY;
        for (Delta change : paper) {
            if (DocumentRules.DEFAULT.check(change, document).isPresent()) {
                throw new IllegalStateException("rejected");
            }
            document = document.apply(change);
        }
        return document;
    }
}
