package dev.peal.server;

import dev.peal.server.config.ConfigException;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line. */
public final class Main {
    /** What the user wrote cannot be: the message says why in one line. */
    static final int EXIT_USAGE = 2;

    /** What the user wrote is right, and this machine does not let it happen. */
    static final int EXIT_FAILED = 1;

    private Main() {}

    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    static int run(String... arguments) {
        return new CommandLine(new Cli())
                .setExecutionExceptionHandler((e, commandLine, parsed) -> explain(e, commandLine.getErr()))
                .setParameterExceptionHandler((e, args) -> {
                    e.getCommandLine().getErr().println("peal: " + wrongArguments(e));
                    return EXIT_USAGE;
                })
                .setUnmatchedOptionsArePositionalParams(true)
                .setOverwrittenOptionsAllowed(true)
                .setUsageHelpWidth(100)
                .execute(arguments);
    }

    /** One line for what a person can mend; anything else is our fault and keeps its stack. */
    private static int explain(Exception e, PrintWriter err) throws Exception {
        if (e instanceof ConfigException) {
            err.println("peal: " + e.getMessage());
            return EXIT_USAGE;
        }
        if (e instanceof StartException) {
            err.println("peal: " + e.getMessage());
            return EXIT_FAILED;
        }
        throw e;
    }

    private static String wrongArguments(ParameterException e) {
        if (e instanceof UnmatchedArgumentException unmatched
                && !unmatched.getUnmatched().isEmpty()) {
            CommandLine command = e.getCommandLine();
            String what = command.getSubcommands().isEmpty() ? "argument" : "command";
            return "there is no %s %s; see %s --help"
                    .formatted(
                            what,
                            unmatched.getUnmatched().get(0),
                            command.getCommandSpec().qualifiedName());
        }
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("wrong arguments");
    }
}
