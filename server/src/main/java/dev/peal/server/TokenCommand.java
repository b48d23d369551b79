package dev.peal.server;

import dev.peal.auth.RoomGlobs;
import dev.peal.auth.TokenMinter;
import dev.peal.server.config.Config;
import dev.peal.server.config.ConfigException;
import dev.peal.server.config.Keys;
import dev.peal.time.Clock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code peal token}: prints a token, and nothing else, to standard output. */
@Command(
        name = "token",
        description = "Print a token for a user of the server on this data folder. The server may be running.",
        mixinStandardHelpOptions = true)
final class TokenCommand implements Callable<Integer> {
    @Option(names = "--user", required = true, paramLabel = "ID", description = "who it is for")
    private String user = "";

    @Option(names = "--name", paramLabel = "NAME", description = "the name that others see (default: the id)")
    private @Nullable String name;

    @Option(names = "--ttl", paramLabel = "TIME", description = "how long it lives, as 12h or 30d (default: 24h)")
    private String ttl = "24h";

    @Option(
            names = "--room",
            paramLabel = "GLOB",
            description = "a room that it lets into, as team-*; may repeat (default: all)")
    private List<String> rooms = new ArrayList<>();

    @Mixin
    private ConfigOptions options = new ConfigOptions();

    @Override
    public Integer call() {
        Duration lifetime = lifetime();
        Config config = options.read();
        Path folder = config.get(Keys.DATA);
        try {
            DataFolder.make(folder);
        } catch (IOException e) {
            throw new StartException("server.data: " + folder + " cannot be made: " + FileProblem.of(e, folder), e);
        }
        TokenMinter minter = Accounts.minter(config, folder, Clock.SYSTEM);
        System.out.println(mint(minter, lifetime));
        return 0;
    }

    private String mint(TokenMinter minter, Duration lifetime) {
        try {
            RoomGlobs globs = rooms.isEmpty() ? RoomGlobs.ALL : RoomGlobs.of(rooms);
            return minter.mint(user, Optional.ofNullable(name), lifetime.toMillis(), globs);
        } catch (IllegalArgumentException e) {
            throw new ConfigException(String.valueOf(e.getMessage()));
        }
    }

    private Duration lifetime() {
        if (!ttl.matches("[0-9]{1,6}[smhd]")) {
            throw new ConfigException("--ttl: wants a time with its unit (s, m, h, d), as 12h, got " + ttl);
        }
        long count = Long.parseLong(ttl.substring(0, ttl.length() - 1));
        return switch (ttl.charAt(ttl.length() - 1)) {
            case 's' -> Duration.ofSeconds(count);
            case 'm' -> Duration.ofMinutes(count);
            case 'h' -> Duration.ofHours(count);
            default -> Duration.ofDays(count);
        };
    }
}
