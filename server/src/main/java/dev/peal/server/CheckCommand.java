package dev.peal.server;

import dev.peal.server.config.Config;
import dev.peal.server.config.Keys;
import dev.peal.server.config.Reference;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code peal check}: says whether the server would start with this configuration, and prints it. Opens no port and no log. */
@Command(name = "check", description = "Validate the configuration and print it.", mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {
    @Option(names = "--all", description = "explain every key")
    private boolean all;

    @Mixin
    private ConfigOptions options = new ConfigOptions();

    @Override
    public Integer call() {
        if (all) {
            System.out.print(Reference.text());
            return 0;
        }
        Config config = options.read();
        PealServer.tls(config);
        Addresses.of(config);
        for (Config.Effective entry : config.effective()) {
            String value =
                    entry.setting().text().isEmpty() ? "\"\"" : entry.setting().text();
            System.out.printf(
                    "%-40s # %s%n", entry.name() + ": " + value, entry.setting().source());
        }
        System.err.println("peal: the configuration is valid; data in " + config.get(Keys.DATA));
        return 0;
    }
}
