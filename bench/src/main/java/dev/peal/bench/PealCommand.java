package dev.peal.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How Peal is started for a measurement: as the launcher starts it, with its limits out of the way of one client that is many. */
final class PealCommand {
    /** The command up to and including {@code serve}; arguments stand in lines of their own, or apart by spaces where none has one. */
    private static final String PROPERTY = "peal.server.command";

    /** All the configuration keys that the bench knows. */
    private static final List<String> SETTINGS = List.of(
            "--limits.connectionsPerAddress=20000",
            "--rate.message=unlimited",
            "--rate.chat=unlimited",
            "--rate.typing=unlimited",
            "--rate.join_room=unlimited",
            "--rate.operation=unlimited",
            "--shutdown.drain=0s");

    private PealCommand() {}

    static List<String> serve(int port, Path home, Path data) {
        List<String> command = new ArrayList<>(launcher(home));
        command.addAll(List.of("--open", "--port=" + port, "--data=" + data));
        command.addAll(SETTINGS);
        return command;
    }

    private static List<String> launcher(Path home) {
        String given = System.getProperty(PROPERTY, "").strip();
        if (!given.isEmpty()) {
            return List.of(given.split(given.contains("\n") ? "\n" : " +"));
        }
        Path built = home.resolve("server/target/peal/lib");
        String classPath = Files.isDirectory(built) ? built + "/*" : System.getProperty("java.class.path");
        return Jvm.command(classPath, "dev.peal.server.Main", "serve");
    }
}
