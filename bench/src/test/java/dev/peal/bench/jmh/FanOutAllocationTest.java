package dev.peal.bench.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.bench.Jvm;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** The gate on the fan-out's garbage, in a JVM of its own without the tests' leak detection. */
final class FanOutAllocationTest {
    private static final String BYTES_PER_OPERATION = "gc.alloc.rate.norm";

    @Test
    void fanOutAllocatesLessThanOneBytePerMemberAndFrame() throws RunnerException {
        assertThat(bytesPerMemberAndFrame(false)).isLessThan(1);
    }

    @Test
    void theGateSeesMembersThatCopy() throws RunnerException {
        assertThat(bytesPerMemberAndFrame(true)).isGreaterThan(1);
    }

    private static double bytesPerMemberAndFrame(boolean copying) throws RunnerException {
        RunResult result = new Runner(new OptionsBuilder()
                        .include(FanOutBenchmark.class.getName() + "\\.fanOut$")
                        .param("copying", Boolean.toString(copying))
                        .addProfiler(GCProfiler.class)
                        .forks(1)
                        .jvmArgs(jvmArguments())
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

    /** The launcher's flags, on a thread of the kind that event loops run on. */
    private static String[] jvmArguments() {
        List<String> arguments = new ArrayList<>(Jvm.flags());
        arguments.add("-Xmx512m");
        arguments.addAll(List.of(LoopThreads.JVM_ARGUMENTS));
        return arguments.toArray(new String[0]);
    }
}
