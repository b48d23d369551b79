package dev.peal.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Runs the load generator, a process of its own, against a server. */
final class Generator {
    private final Cores cores;
    private String complaint = "";

    Generator(Cores cores) {
        this.cores = cores;
    }

    /**
     * Puts one load on the server and waits for its figures.
     *
     * @throws IOException if the load could not be put on: connections refused, or lost before they were ready
     */
    Figures run(ServerProcess server, Load load) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Jvm.program("java").toString(),
                "-Xms256m",
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-cp"));
        command.add(System.getProperty("java.class.path"));
        command.add("dev.peal.bench.load.LoadMain");
        command.addAll(List.of("--port", Integer.toString(server.port()), "--pid", Long.toString(server.pid())));
        command.addAll(load.arguments());
        Process process = new ProcessBuilder(cores.load(command))
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        JsonNode figures = output.lines()
                .filter(line -> line.startsWith("{"))
                .findFirst()
                .<JsonNode>map(JsonMapper.shared()::readTree)
                .orElseThrow(() -> new IOException("the load failed: " + firstLine(output)));
        Figures measured = new Figures(figures);
        if (complaint.isEmpty()) {
            complaint = measured.complaint();
        }
        return measured;
    }

    /** The first unwanted answer that any load of this generator got; empty if there was none. */
    String complaint() {
        return complaint;
    }

    private static String firstLine(String output) {
        return output.lines().findFirst().orElse("it said nothing");
    }

    /** What one load measured, as the generator printed it. */
    record Figures(JsonNode json) {
        double number(String name) {
            return json.path(name).asDouble();
        }

        double framesPerSecond() {
            return number("framesPerSecond");
        }

        double p99Millis() {
            return number("p99Micros") / 1000;
        }

        /** Why the figures are not to be trusted; empty if they are. */
        String complaint() {
            return json.path("firstError").asString("");
        }
    }
}
