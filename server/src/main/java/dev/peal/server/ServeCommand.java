package dev.peal.server;

import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code peal serve}: runs until it is told to end, by SIGTERM or SIGINT. */
@Command(
        name = "serve",
        description = "Start the server.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Any setting can be given as --key=value, as --limits.frameBytes=64KiB, in peal.yaml, or in the environment",
            "(PEAL_LIMITS_FRAME_BYTES). `peal check --all` explains every key.",
            "",
            "Ends on SIGTERM and Ctrl-C: clients are told when to come back, the log is completed, the exit code is 0."
        })
final class ServeCommand implements Callable<Integer> {
    @Mixin
    private ConfigOptions options = new ConfigOptions();

    @Override
    public Integer call() throws InterruptedException {
        PealServer server = PealServer.builder().config(options.read()).start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(server), "peal-shutdown"));
        Banner.of(server).lines().forEach(System.out::println);
        new CountDownLatch(1).await();
        return 0;
    }

    /** A JVM that was ended by a signal exits with 128 and more; a server that ended as it should has no error to tell. */
    private static void end(PealServer server) {
        try {
            server.close();
        } finally {
            System.out.flush();
            Runtime.getRuntime().halt(0);
        }
    }
}
