package dev.peal.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Starts JVMs as the launcher does: this program's own Java, with the flags that its version knows. Peal and its peers get the same. */
public final class Jvm {
    private Jvm() {}

    /** The launcher's flags. */
    public static List<String> flags() {
        List<String> flags = new ArrayList<>();
        flags.add("--enable-native-access=ALL-UNNAMED");
        int feature = Runtime.version().feature();
        if (feature >= 24) {
            flags.add("--sun-misc-unsafe-memory-access=allow");
        }
        if (feature >= 25) {
            flags.add("-XX:+UseCompactObjectHeaders");
        }
        // A member's view of a batch comes from Netty's recycler: chunks as large as a room's burst are used again,
        // smaller ones are garbage.
        flags.add("-Dio.netty.recycler.chunkSize=4096");
        flags.add("-Dio.netty.allocator.type=pooled");
        flags.add("-Dio.netty.leakDetection.level=disabled");
        return flags;
    }

    static List<String> command(String classPath, String... mainAndArguments) {
        List<String> command = new ArrayList<>();
        command.add(program("java").toString());
        command.addAll(flags());
        command.addAll(List.of("-cp", classPath));
        command.addAll(List.of(mainAndArguments));
        return command;
    }

    /** A program of the JDK that runs this one. */
    static Path program(String name) {
        return Path.of(System.getProperty("java.home"), "bin", name);
    }
}
