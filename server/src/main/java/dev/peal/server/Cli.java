package dev.peal.server;

import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The commands of {@code peal}; {@code bench} and {@code test} belong to the launcher. */
@Command(
        name = "peal",
        description = "Live rooms over WebSocket.",
        mixinStandardHelpOptions = true,
        versionProvider = Cli.Version.class,
        subcommands = {
            ServeCommand.class,
            TokenCommand.class,
            ApiKeyCommand.class,
            CheckCommand.class,
            BackupCommand.class,
            RestoreCommand.class,
            HelpCommand.class
        })
final class Cli implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "a command is needed: serve, token, api-key, check, backup, restore (peal --help)");
    }

    /** The version in the jar's manifest. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Main.class.getPackage().getImplementationVersion();
            return new String[] {
                "peal " + (version == null ? "(not packaged)" : version),
                "Java " + Runtime.version() + ", " + System.getProperty("java.vm.name")
            };
        }
    }
}
