package dev.peal.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** One kind of load and the servers that it is put on. */
interface Case {
    /**
     * How long and how often is measured.
     *
     * @param warmSeconds before the first window of a fresh server
     * @param warmSecondsMax and up to so long while it still gets faster: on one core a JVM's compiler takes half of it for ten seconds
     * @param againSeconds before each further window
     * @param seconds of a window
     */
    record Pace(int runs, double warmSeconds, double warmSecondsMax, double againSeconds, double seconds) {
        /** The same for a server that has been under load already. */
        Pace warm() {
            return new Pace(runs, againSeconds, againSeconds, againSeconds, seconds);
        }

        /**
         * For the percentiles of a low fixed rate, which needs seconds for a thousand messages. What opened the connections is compiled first: on one core the compiler
         * takes whole time slices from the server, and would be what is measured.
         */
        Pace steady() {
            double warm = 10 * againSeconds;
            return new Pace(runs, warm, warm, warm, 2.5 * seconds);
        }
    }

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

    /** Puts what a server is to have from the beginning into the folder that it is going to be started with. */
    default void prepare(Contender contender, Path data) throws IOException {}

    /** The command that starts the server; see {@link Contender#command}. */
    default List<String> command(Contender contender, int port, Path home, Path data) {
        return contender.command(port, home, data);
    }

    /** Measures a server that has just been started. */
    void measure(ServerProcess server, Generator generator, Pace pace, Recorder recorder) throws IOException;
}
