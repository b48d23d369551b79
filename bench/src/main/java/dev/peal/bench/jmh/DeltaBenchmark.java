package dev.peal.bench.jmh;

import dev.peal.ot.Attributes;
import dev.peal.ot.Delta;
import dev.peal.ot.DeltaBuilder;
import dev.peal.ot.Document;
import dev.peal.testkit.trace.Trace;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The algebra on operations of many components, and a document read from its content and back. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class DeltaBenchmark {
    private static final Attributes BOLD = Attributes.of("bold", true);

    /** Components of each operation. */
    @Param({"10", "1000"})
    public int components;

    private Delta one = Delta.EMPTY;
    private Delta other = Delta.EMPTY;
    private Delta later = Delta.EMPTY;
    private Document document = Document.EMPTY;
    private Delta paper = Delta.EMPTY;

    /** Two operations on one document, that meet at places of every kind, and a third that follows the first. */
    @Setup
    public void setUp() {
        one = operation(components, 3);
        other = operation(components, 5);
        document = Document.of(Delta.ofText("x".repeat(8 * components)));
        later = one.transform(other, true);
        paper = Delta.ofText(Trace.automergePaper().endContent());
    }

    private static Delta operation(int components, int stride) {
        DeltaBuilder builder = Delta.builder();
        for (int i = 0; i < components / 4; i++) {
            builder.retain(stride).insert("ab").delete(stride - 2).retain(1 + i % 3, BOLD);
        }
        return builder.build();
    }

    /** One over the other. */
    @Benchmark
    public Delta transform() {
        return one.transform(other, true);
    }

    /** One and what follows it. */
    @Benchmark
    public Delta compose() {
        return one.compose(later);
    }

    /** All components to the document. */
    @Benchmark
    public Document apply() {
        return document.apply(one);
    }

    /** What undoes it. */
    @Benchmark
    public Delta invert() {
        return document.invert(one);
    }

    /** A document of 104,852 characters, of its content. */
    @Benchmark
    public Document open() {
        return Document.of(paper);
    }
}
