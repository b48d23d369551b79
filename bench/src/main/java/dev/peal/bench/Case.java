package dev.peal.bench;

import java.io.IOException;
import java.util.List;

/** One kind of load and the servers that it is put on. */
interface Case {
    /** How long and how often is measured. */
    record Pace(int runs, double warmSeconds, double seconds) {}

    /** Takes a figure of the run that is under way. */
    interface Recorder {
        void record(String metric, double value);
    }

    /** The name for {@code --only}. */
    String name();

    /** The heading in the report. */
    String title();

    /** What is done, in a sentence for the report. */
    String method();

    /** The metric that the plot shows. */
    String headline();

    List<Contender> contenders();

    default boolean twoCores() {
        return false;
    }

    /** Measures a server that has just been started. */
    void measure(ServerProcess server, Generator generator, Pace pace, Recorder recorder) throws IOException;
}
