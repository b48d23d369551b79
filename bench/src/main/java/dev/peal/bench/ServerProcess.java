package dev.peal.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A server that runs for one measurement: started, waited for, and ended with all that it stored. */
final class ServerProcess implements AutoCloseable {
    private static final long START_SECONDS_MAX = 30;
    private static final long STOP_SECONDS_MAX = 5;

    private final Contender contender;
    private final int port;
    private final Process process;
    private final Path data;
    private final Thread onExit;

    private ServerProcess(Contender contender, int port, Process process, Path data) {
        this.contender = contender;
        this.port = port;
        this.process = process;
        this.data = data;
        onExit = new Thread(process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(onExit);
    }

    /**
     * Starts the server for a case and waits until it accepts.
     *
     * @param out where its log and, until it ends, its data go
     * @throws IOException if it does not accept within 30 s; its log says why
     */
    static ServerProcess start(Case each, Contender contender, Cores cores, Path home, Path out) throws IOException {
        int port = freePort();
        Path data = Files.createTempDirectory(out, "data-");
        each.prepare(contender, data);
        Path log = out.resolve(contender.name().toLowerCase(Locale.ROOT) + ".log");
        List<String> command = each.command(contender, port, home, data);
        ProcessBuilder builder =
                new ProcessBuilder(each.twoCores() ? cores.serverOnTwo(command) : cores.server(command));
        builder.environment().put("NODE_ENV", "production");
        Process process =
                builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
        ServerProcess server = new ServerProcess(contender, port, process, data);
        try {
            server.awaitAccepting(log);
            return server;
        } catch (IOException e) {
            server.close();
            throw e;
        }
    }

    Contender contender() {
        return contender;
    }

    int port() {
        return port;
    }

    long pid() {
        return process.pid();
    }

    private void awaitAccepting(Path log) throws IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS_MAX);
        while (System.nanoTime() < deadline) {
            if (accepts()) {
                return;
            }
            if (exitedWithin(100)) {
                throw new IOException(contender.title() + " ended at its start, see " + log);
            }
        }
        throw new IOException(contender.title() + " does not accept after " + START_SECONDS_MAX + " s, see " + log);
    }

    private boolean accepts() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 200);
            return true;
        } catch (IOException e) {
            return false; // Not yet.
        }
    }

    private boolean exitedWithin(long millis) throws IOException {
        try {
            return process.waitFor(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        if (!exitedWithin(TimeUnit.SECONDS.toMillis(STOP_SECONDS_MAX))) {
            process.destroyForcibly();
            exitedWithin(TimeUnit.SECONDS.toMillis(STOP_SECONDS_MAX));
        }
        Runtime.getRuntime().removeShutdownHook(onExit);
        try (Stream<Path> files = Files.walk(data)) {
            files.sorted(Comparator.reverseOrder()).forEach(ServerProcess::delete);
        }
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
