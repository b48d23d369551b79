package dev.peal.junit;

import dev.peal.server.PealServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A server on a folder that is deleted with it. */
record RunningPeal(PealServer server, Path folder) implements AutoCloseable {
    static RunningPeal start(List<String> settings) {
        try {
            Path folder = Files.createTempDirectory("peal-test");
            PealServer.Builder builder = PealServer.builder()
                    .set("auth.mode", "open")
                    .set("server.port", "0")
                    .set("server.data", folder.resolve("data").toString())
                    .set("limits.connectionsPerAddress", "10000")
                    .set("rate.message", "1000000/1s");
            for (String setting : settings) {
                int equals = setting.indexOf('=');
                if (equals < 1) {
                    throw new IllegalArgumentException("a setting is key=value: " + setting);
                }
                builder.set(setting.substring(0, equals), setting.substring(equals + 1));
            }
            return new RunningPeal(builder.start(), folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
