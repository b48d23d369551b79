package dev.peal.auth;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** A server on loopback that nobody may call: it counts who did. */
public final class TrapServer implements AutoCloseable {
    private final ServerSocket socket;

    public TrapServer() throws IOException {
        socket = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
    }

    /** An address of it. */
    public String url(String path) {
        return "http://127.0.0.1:" + socket.getLocalPort() + path;
    }

    /** How many connected until now: the queue is first in, first out, so a connection of our own marks its end. */
    public int connections() throws IOException {
        try (var own = new Socket(InetAddress.getLoopbackAddress(), socket.getLocalPort())) {
            for (int others = 0; ; others++) {
                try (var connection = socket.accept()) {
                    if (connection.getPort() == own.getLocalPort()) {
                        return others;
                    }
                }
            }
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
