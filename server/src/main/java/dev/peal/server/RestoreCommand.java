package dev.peal.server;

import dev.peal.time.Clock;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code peal restore}: verifies a backup and makes a data folder of it. */
@Command(
        name = "restore",
        description = "Make a data folder of a backup.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "The backup is verified first. Its rooms begin a new epoch: clients are told that what",
            "came after the backup is gone, and load anew."
        })
final class RestoreCommand implements Callable<Integer> {
    @Option(names = "--from", paramLabel = "DIR", required = true, description = "the backup")
    private Path from = Path.of("");

    @Option(names = "--data", paramLabel = "DIR", required = true, description = "the data folder to make")
    private Path data = Path.of("");

    @Option(names = "--replace", description = "put it in the place of what the folder holds")
    private boolean replace;

    @Override
    public Integer call() {
        BackupFolder.restore(from, data, replace, new Progress(System.err, Clock.SYSTEM));
        System.out.println("Restored " + from + " to " + data);
        return 0;
    }
}
