package dev.peal.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Which core the server gets and which the generator: one each where {@code taskset} and two cores are there, else whatever the system gives. */
final class Cores {
    private final boolean pins = Runtime.getRuntime().availableProcessors() > 1 && tasksetWorks();

    /** The command, bound to the server's one core. */
    List<String> server(List<String> command) {
        return pinned("0", command);
    }

    /** The command, free to use two cores; the generator then shares one of them. */
    List<String> serverOnTwo(List<String> command) {
        return pinned("0,1", command);
    }

    /** The command, bound to the generator's core. */
    List<String> load(List<String> command) {
        return pinned("1", command);
    }

    boolean pins() {
        return pins;
    }

    private List<String> pinned(String cores, List<String> command) {
        List<String> all = new ArrayList<>();
        if (pins) {
            all.addAll(List.of("taskset", "-c", cores));
        }
        all.addAll(command);
        return all;
    }

    private static boolean tasksetWorks() {
        try {
            Process process = new ProcessBuilder("taskset", "-c", "1", "true")
                    .redirectErrorStream(true)
                    .start();
            process.getInputStream().readAllBytes();
            return process.waitFor() == 0;
        } catch (IOException e) {
            return false; // No taskset here.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
