package dev.peal.server;

import dev.peal.time.Clock;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code peal backup}: copies a data folder, also while a server uses it. */
@Command(
        name = "backup",
        description = "Copy the rooms and secrets, also while the server runs.",
        mixinStandardHelpOptions = true,
        footer = {"", "The backup holds what people said and the secrets that sign tokens: keep it as you keep those."})
final class BackupCommand implements Callable<Integer> {
    @Option(names = "--to", paramLabel = "DIR", required = true, description = "a new folder, or an empty one")
    private Path to = Path.of("");

    @Option(names = "--data", paramLabel = "DIR", description = "the server's data folder (default: ./data)")
    private Path data = Path.of("data");

    @Override
    public Integer call() {
        BackupFolder.make(data, to.toAbsolutePath(), new Progress(System.err, Clock.SYSTEM));
        System.out.println("Backed up " + data + " to " + to);
        return 0;
    }
}
