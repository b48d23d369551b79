package dev.peal.server;

import dev.peal.auth.ApiKey;
import dev.peal.auth.ApiKeyFile;
import dev.peal.auth.ApiScope;
import dev.peal.server.config.ConfigException;
import dev.peal.time.Clock;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code peal api-key}: the keys of the server on a data folder. */
@Command(
        name = "api-key",
        description = "Make, list and revoke keys to the server API.",
        mixinStandardHelpOptions = true,
        subcommands = {ApiKeyCommand.Create.class, ApiKeyCommand.ListKeys.class, ApiKeyCommand.Revoke.class},
        footer = {
            "",
            "The server may be running: it sees every change within a second.",
            "",
            "Example: peal api-key create --scope publish,notify --name billing"
        })
final class ApiKeyCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "a command is needed: create, list, revoke (peal api-key --help)");
    }

    private static String labels(Set<ApiScope> scopes) {
        return scopes.stream().map(ApiScope::label).sorted().collect(Collectors.joining(","));
    }

    /** Prints the key, once, and nothing else, to standard output. */
    @Command(
            name = "create",
            description = "Make a key and print it. It is printed once: only its hash is kept.",
            mixinStandardHelpOptions = true,
            footer = {
                "",
                "Scopes:",
                "  publish  put messages into rooms",
                "  notify   send notifications to users and to everybody",
                "  read     read rooms, members, history and figures",
                "  admin    see connections and addresses, disconnect and revoke users",
                "  metrics  read /metrics where it is not open"
            })
    static final class Create implements Callable<Integer> {
        @Option(
                names = "--scope",
                required = true,
                split = ",",
                paramLabel = "SCOPE",
                description = "what it is for, as publish,read; take as few as will do")
        private List<String> scopes = new ArrayList<>();

        @Option(names = "--name", paramLabel = "NAME", description = "whose it is, for the list (default: unnamed)")
        private String name = "unnamed";

        @Mixin
        private DataOptions data = new DataOptions();

        @Override
        public Integer call() {
            EnumSet<ApiScope> wanted = EnumSet.noneOf(ApiScope.class);
            for (String label : scopes) {
                wanted.add(ApiScope.named(label)
                        .orElseThrow(() -> new ConfigException(
                                "--scope: wants some of publish, notify, read, admin, metrics, got " + label)));
            }
            ApiKeyFile file = ApiKeyFile.in(data.folder());
            try {
                ApiKey.Made made = ApiKey.make(name, wanted, Clock.SYSTEM.millis());
                file.change(keys -> {
                    List<ApiKey> more = new ArrayList<>(keys);
                    more.add(made.key());
                    return more;
                });
                System.out.println(made.text());
                return 0;
            } catch (IllegalArgumentException e) {
                throw new ConfigException("--name: " + e.getMessage());
            } catch (IOException e) {
                throw new StartException("server.data: " + e.getMessage(), e);
            }
        }
    }

    /** Prints a line for each key. */
    @Command(name = "list", description = "List the keys, without their secrets.", mixinStandardHelpOptions = true)
    static final class ListKeys implements Callable<Integer> {
        @Mixin
        private DataOptions data = new DataOptions();

        @Override
        public Integer call() {
            try {
                List<ApiKey> keys = ApiKeyFile.in(data.folder()).read();
                if (keys.isEmpty()) {
                    System.err.println("peal: there is no API key; peal api-key create --scope read makes one");
                }
                for (ApiKey key : keys) {
                    System.out.printf(
                            "%s  %s  %-32s %s%n",
                            key.id(), Instant.ofEpochMilli(key.createdMillis()), labels(key.scopes()), key.name());
                }
                return 0;
            } catch (IOException e) {
                throw new StartException("server.data: " + e.getMessage(), e);
            }
        }
    }

    /** Forgets a key. */
    @Command(
            name = "revoke",
            description = "Revoke a key: a running server refuses it within a second.",
            mixinStandardHelpOptions = true)
    static final class Revoke implements Callable<Integer> {
        @Parameters(index = "0", paramLabel = "ID", description = "the 12 characters after pk_, as in the list")
        private String id = "";

        @Mixin
        private DataOptions data = new DataOptions();

        @Override
        public Integer call() {
            AtomicBoolean found = new AtomicBoolean();
            try {
                ApiKeyFile.in(data.folder()).change(keys -> {
                    List<ApiKey> left =
                            keys.stream().filter(key -> !key.id().equals(id)).toList();
                    found.set(left.size() < keys.size());
                    return left;
                });
            } catch (IOException e) {
                throw new StartException("server.data: " + e.getMessage(), e);
            }
            if (!found.get()) {
                throw new StartException("there is no API key " + id + "; see peal api-key list");
            }
            System.err.println("peal: revoked " + id);
            return 0;
        }
    }
}
