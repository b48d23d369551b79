package dev.peal.engine.sqlite;

import dev.peal.testkit.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What a test needs of this machine besides Java. */
final class Machine {
    private static final int INSTALL_SECONDS = 60;

    private Machine() {}

    static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    /** Runs a command without output; answers its exit code, -1 where there is no such command. */
    static int run(String... command) throws InterruptedException {
        return run((int) Await.DEADLINE.toSeconds(), command);
    }

    private static int run(int seconds, String... command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return -1;
            }
            return process.exitValue();
        } catch (IOException e) {
            return -1;
        }
    }

    /** Whether processes can be traced here; installs strace where root can. Says what is missing. */
    static boolean canTrace() throws InterruptedException {
        if (run("strace", "-f", "-qq", "-e", "trace=none", "true") == 0) {
            return true;
        }
        if (isRoot() && run("apt-get", "--version") == 0) {
            run(INSTALL_SECONDS, "apt-get", "install", "-y", "-qq", "strace");
            if (run("strace", "-f", "-qq", "-e", "trace=none", "true") == 0) {
                return true;
            }
        }
        System.out.println("not run: needs strace");
        return false;
    }

    /** A JVM with this test's class path, behind {@code before}. */
    static ProcessBuilder java(List<String> before, Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>(before);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command);
    }

    /** Deletes a database and what lies beside it. */
    static void delete(Path database) throws IOException {
        for (String suffix : new String[] {"", "-wal", "-shm"}) {
            Files.deleteIfExists(database.resolveSibling(database.getFileName() + suffix));
        }
    }
}
