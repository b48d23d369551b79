package dev.peal.server;

import dev.peal.server.config.Config;
import dev.peal.server.config.ConfigException;
import dev.peal.server.config.Keys;
import dev.peal.server.config.Setting;
import dev.peal.server.config.Sources;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Unmatched;

/** The options that every command with a configuration has: the frequent ones by name, all others as {@code --key=value}. */
final class ConfigOptions {
    @Option(names = "--config", paramLabel = "FILE", description = "settings (default: ./peal.yaml, if it is there)")
    private @Nullable Path config;

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            description = "where to listen (default: localhost, that is 127.0.0.1 and ::1)")
    private @Nullable String host;

    @Option(names = "--port", paramLabel = "N", description = "the port (default: 8080; 0 takes a free one)")
    private @Nullable String port;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "the folder of rooms, secrets and the lock (default: ./data)")
    private @Nullable String data;

    @Option(names = "--open", description = "development: clients are who they say (auth.mode=open)")
    private boolean open;

    @Option(names = "--tls-cert", paramLabel = "FILE", description = "certificate chain, PEM")
    private @Nullable String tlsCert;

    @Option(names = "--tls-key", paramLabel = "FILE", description = "its private key, PKCS#8 PEM")
    private @Nullable String tlsKey;

    @Option(names = "--plaintext", description = "serve an address beyond this machine without TLS")
    private boolean plaintext;

    @Option(names = "--transport", paramLabel = "NAME", description = "auto, io_uring, epoll, kqueue or nio")
    private @Nullable String transport;

    @Unmatched
    private List<String> others = new ArrayList<>();

    /**
     * The whole configuration.
     *
     * @throws ConfigException for anything wrong in any source
     */
    Config read() {
        return Sources.read(Optional.ofNullable(config), System.getenv(), flags());
    }

    private Map<String, Setting> flags() {
        Map<String, Setting> flags = new LinkedHashMap<>();
        put(flags, Keys.HOST.name(), host, "--host");
        put(flags, Keys.PORT.name(), port, "--port");
        put(flags, Keys.DATA.name(), data, "--data");
        put(flags, Keys.TLS_CERT.name(), tlsCert, "--tls-cert");
        put(flags, Keys.TLS_KEY.name(), tlsKey, "--tls-key");
        put(flags, Keys.TRANSPORT.name(), transport, "--transport");
        put(flags, Keys.AUTH_MODE.name(), open ? "open" : null, "--open");
        put(flags, Keys.PLAINTEXT.name(), plaintext ? "true" : null, "--plaintext");
        others.forEach(argument -> putKey(flags, argument));
        return flags;
    }

    private static void put(Map<String, Setting> flags, String key, @Nullable String value, String flag) {
        if (value != null) {
            flags.put(key, new Setting(value, flag));
        }
    }

    private static void putKey(Map<String, Setting> flags, String argument) {
        int equals = argument.indexOf('=');
        if (argument.startsWith("--") && argument.contains(".") && equals < 0) {
            throw new ConfigException(argument.substring(2) + ": wants a value, as " + argument + "=…");
        }
        if (!argument.startsWith("--") || equals < 0) {
            throw new ConfigException(argument + ": no such option; settings are written --key=value");
        }
        String key = argument.substring(2, equals);
        flags.put(key, new Setting(argument.substring(equals + 1), "--" + key));
    }
}
