package dev.peal.testkit.fault;

import java.io.IOException;
import java.util.Arrays;

/**
 * Runs another main class and ends when whoever started this process does, however it died: its end of standard input is closed then, even by SIGKILL.
 */
public final class Leash {
    private static final int EXIT_ORPHANED = 137;

    private Leash() {}

    /** The first argument is the main class, the others are its own. */
    public static void main(String[] arguments) throws ReflectiveOperationException {
        Thread watch = new Thread(Leash::awaitEnd, "leash");
        watch.setDaemon(true);
        watch.start();
        String[] own = Arrays.copyOfRange(arguments, 1, arguments.length);
        Class.forName(arguments[0]).getMethod("main", String[].class).invoke(null, (Object) own);
    }

    private static void awaitEnd() {
        try {
            while (System.in.read() >= 0) {
                // nothing is ever said
            }
        } catch (IOException e) {
            // as good as its end
        }
        Runtime.getRuntime().halt(EXIT_ORPHANED);
    }
}
