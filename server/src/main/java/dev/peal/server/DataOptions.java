package dev.peal.server;

import dev.peal.server.config.Config;
import dev.peal.server.config.Keys;
import dev.peal.server.config.Setting;
import dev.peal.server.config.Sources;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of commands that only need to know where a server's data is. */
final class DataOptions {
    @Option(names = "--config", paramLabel = "FILE", description = "settings (default: ./peal.yaml, if it is there)")
    private @Nullable Path config;

    @Option(names = "--data", paramLabel = "DIR", description = "the server's data folder (default: ./data)")
    private @Nullable String data;

    /**
     * The folder, which is made if it is not there.
     *
     * @throws StartException where that cannot be done
     */
    Path folder() {
        Map<String, Setting> flags = new LinkedHashMap<>();
        if (data != null) {
            flags.put(Keys.DATA.name(), new Setting(data, "--data"));
        }
        Config read = Sources.read(Optional.ofNullable(config), System.getenv(), flags);
        Path folder = read.get(Keys.DATA);
        try {
            DataFolder.make(folder);
        } catch (IOException e) {
            throw new StartException("server.data: " + folder + " cannot be made: " + FileProblem.of(e, folder), e);
        }
        return folder;
    }
}
