package dev.peal.testkit.fault;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A {@link FaultProxy} in a process of its own. It ends with the one that started it. */
public final class ProxyProcess implements AutoCloseable {
    private final Process process;
    private final int port;

    private ProxyProcess(Process process) throws IOException {
        this.process = process;
        this.port = Integer.parseInt(process.inputReader().readLine());
    }

    public static ProxyProcess to(int targetPort) throws IOException {
        List<String> command =
                ServerProcess.java(List.of("-Xmx512m"), FaultProxy.class.getName(), List.of("" + targetPort));
        return new ProxyProcess(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    public int port() {
        return port;
    }

    /** Cuts every connection with RST. */
    public void resetAll() throws IOException {
        process.getOutputStream().write("r".getBytes(StandardCharsets.US_ASCII));
        process.getOutputStream().flush();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
