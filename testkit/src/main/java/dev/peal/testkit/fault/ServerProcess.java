package dev.peal.testkit.fault;

import dev.peal.testkit.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The real server in a JVM of its own, started again and again on one folder and one port. Used by one thread; {@link #get} and {@link #metric} by any.
 *
 * <p>The process never outlives the test: it is killed by {@link #close}, at this JVM's exit, and by its {@link Leash} where this JVM is killed.
 */
public final class ServerProcess implements AutoCloseable {
    private static final Duration START_MAX = Duration.ofSeconds(60);
    private static final int ANSWER_MILLIS_MAX = 10_000;
    private static final int PORT_MIN = 10_000;
    private static final int PORT_MAX = 32_000;
    private static final int PORT_ATTEMPTS = 100;

    private final Plan plan;
    private final Thread onExit = new Thread(this::destroy);
    private volatile @Nullable Process process;
    private long startedNanos;
    private long servingNanos;

    /**
     * What to start, and where.
     *
     * @param main the server's main class
     * @param port where it listens; {@link #freePort} finds one
     * @param output takes what it prints, one start behind the other
     * @param jvm options of its JVM; without {@code -cp} it gets this JVM's class path
     * @param arguments of the main class
     */
    public record Plan(String main, int port, Path output, List<String> jvm, List<String> arguments) {
        public Plan {
            jvm = List.copyOf(jvm);
            arguments = List.copyOf(arguments);
        }
    }

    /** An HTTP answer. */
    public record Answer(int status, String body) {}

    public ServerProcess(Plan plan) {
        this.plan = plan;
        Runtime.getRuntime().addShutdownHook(onExit);
    }

    /**
     * A port that nobody has at this moment, and nobody gets without asking for it: systems give others to outgoing connections, of which there are many while a
     * server is down.
     */
    public static int freePort() throws IOException {
        for (int attempt = 0; attempt < PORT_ATTEMPTS; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(PORT_MIN, PORT_MAX);
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (BindException e) {
                // Somebody has it.
            }
        }
        throw new IOException("no free port");
    }

    /** The command that runs a main class of this class path. */
    static List<String> java(List<String> jvm, String main, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("--enable-native-access=ALL-UNNAMED");
        if (Runtime.version().feature() >= 24) {
            command.add("--sun-misc-unsafe-memory-access=allow");
        }
        command.addAll(jvm);
        if (!jvm.contains("-cp")) {
            command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        }
        command.add(main);
        command.addAll(arguments);
        return command;
    }

    public int port() {
        return plan.port();
    }

    /** Starts it and waits until it says that it is ready. */
    public ServerProcess start() throws IOException {
        startedNanos = System.nanoTime();
        List<String> leashed = new ArrayList<>(plan.arguments());
        leashed.addFirst(plan.main());
        process = new ProcessBuilder(java(plan.jvm(), Leash.class.getName(), leashed))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(plan.output().toFile()))
                .start();
        Await.until("the server is ready", START_MAX, () -> {
            if (!running().isAlive()) {
                throw new AssertionError("the server ended at its start:\n" + output());
            }
            return ready();
        });
        servingNanos = System.nanoTime();
        return this;
    }

    /** How long the last start took, from the process's birth to its readiness. */
    public Duration toServing() {
        return Duration.ofNanos(servingNanos - startedNanos);
    }

    /** SIGKILL; returns when it is dead. */
    public void kill() {
        // Through the handle: Process.destroyForcibly would close its output, and its leash with it.
        running().toHandle().destroyForcibly();
        exitCode();
    }

    /** SIGTERM; returns at once. */
    public void terminate() {
        running().toHandle().destroy();
    }

    /** SIGSTOP: it stands still with all its sockets open. */
    public void freeze() throws IOException {
        signal("STOP");
    }

    /** SIGCONT. */
    public void thaw() throws IOException {
        signal("CONT");
    }

    /** Waits for its end. */
    public int exitCode() {
        try {
            if (!running().waitFor(START_MAX.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("the server does not end:\n" + output());
            }
            return running().exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    public boolean alive() {
        Process current = process;
        return current != null && current.isAlive();
    }

    public long pid() {
        return running().pid();
    }

    /** Its open files, sockets among them. Linux only. */
    public long files() {
        try (Stream<Path> files = Files.list(Path.of("/proc", Long.toString(pid()), "fd"))) {
            return files.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What it has printed, over all starts. */
    public String output() {
        try {
            return Files.exists(plan.output()) ? Files.readString(plan.output()) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether {@code /health/ready} says so; false where nobody answers. */
    public boolean ready() {
        try {
            return get("/health/ready").status() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    public Answer get(String path) throws IOException {
        URI uri = URI.create("http://127.0.0.1:" + plan.port() + path);
        HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
        connection.setConnectTimeout(ANSWER_MILLIS_MAX);
        connection.setReadTimeout(ANSWER_MILLIS_MAX);
        connection.setRequestProperty("Connection", "close");
        int status = connection.getResponseCode();
        try (var body = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
            String text = body == null ? "" : new String(body.readAllBytes(), StandardCharsets.UTF_8);
            return new Answer(status, text);
        }
    }

    /** One of its figures; -1 where it has none of that name. */
    public double metric(String name) {
        try {
            return get("/metrics")
                    .body()
                    .lines()
                    .filter(line -> line.startsWith(name + " "))
                    .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                    .findFirst()
                    .orElse(-1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Process running() {
        Process current = process;
        if (current == null) {
            throw new IllegalStateException("not started");
        }
        return current;
    }

    private void signal(String name) throws IOException {
        try {
            int code = new ProcessBuilder("kill", "-" + name, Long.toString(pid()))
                    .start()
                    .waitFor();
            if (code != 0) {
                throw new IOException("kill -" + name + " failed with " + code);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private void destroy() {
        Process current = process;
        if (current != null) {
            current.destroyForcibly();
        }
    }

    @Override
    public void close() {
        destroy();
        if (process != null) {
            exitCode();
        }
        Runtime.getRuntime().removeShutdownHook(onExit);
    }
}
