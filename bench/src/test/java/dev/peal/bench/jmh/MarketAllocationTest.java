package dev.peal.bench.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.bench.Jvm;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** The gate on the matching engine's garbage: there is none per order. */
final class MarketAllocationTest {
    private static final String BYTES_PER_OPERATION = "gc.alloc.rate.norm";

    @Test
    void anOrderAllocatesNothing() throws RunnerException {
        assertThat(bytesPerOrder(false)).isLessThan(0.1);
    }

    @Test
    void theGateSeesATradeThatLeavesAnObject() throws RunnerException {
        assertThat(bytesPerOrder(true)).isGreaterThan(1);
    }

    private static double bytesPerOrder(boolean allocating) throws RunnerException {
        RunResult result = new Runner(new OptionsBuilder()
                        .include(MatchingEngineBenchmark.class.getName() + "\\.ordinaryDay$")
                        .param("resting", "1000")
                        .param("allocating", Boolean.toString(allocating))
                        .addProfiler(GCProfiler.class)
                        .forks(1)
                        .jvmArgs(Jvm.flags().toArray(new String[0]))
                        .jvmArgsAppend("-Xmx512m")
                        .warmupIterations(3)
                        .warmupTime(TimeValue.milliseconds(500))
                        .measurementIterations(3)
                        .measurementTime(TimeValue.milliseconds(300))
                        .verbosity(VerboseMode.SILENT)
                        .shouldFailOnError(true)
                        .build())
                .runSingle();
        return Objects.requireNonNull(result.getSecondaryResults().get(BYTES_PER_OPERATION))
                .getScore();
    }
}
