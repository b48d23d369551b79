package dev.peal.testkit.fault;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.locks.ReentrantLock;

/** A small WebSocket client: whole text messages, no extensions, pings answered. One thread reads; any may send. */
public final class Wire implements AutoCloseable {
    private static final int TEXT = 0x81;
    private static final int CLOSE = 0x88;
    private static final int PING = 0x89;
    private static final int PONG = 0x8A;
    private static final int BUFFER_BYTES = 4 * 1024;
    private static final int CONNECT_MILLIS = 20_000;
    private static final List<Wiretap> TAPS = ServiceLoader.load(Wiretap.class).stream()
            .map(ServiceLoader.Provider::get)
            .toList();

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private final ReentrantLock sending = new ReentrantLock();
    private int closeCode;

    private Wire(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream(), BUFFER_BYTES);
        this.out = socket.getOutputStream();
    }

    /**
     * Opens a WebSocket on this machine.
     *
     * @param silenceMillisMax after so long without a byte the server counts as gone
     * @throws IOException also where the server answers anything but 101
     */
    public static Wire connect(int port, int silenceMillisMax) throws IOException {
        return connect(port, "/", silenceMillisMax);
    }

    /**
     * Opens a WebSocket on this machine, at a path of the server.
     *
     * @param target the path, with its query if there is one
     */
    public static Wire connect(int port, String target, int silenceMillisMax) throws IOException {
        Socket socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(silenceMillisMax);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
            Wire wire = new Wire(socket);
            wire.upgrade(port, target);
            return wire;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private void upgrade(int port, String target) throws IOException {
        String request = "GET " + target + " HTTP/1.1\r\nHost: localhost:" + port
                + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
        out.write(request.getBytes(StandardCharsets.US_ASCII));
        String status = line();
        if (!status.startsWith("HTTP/1.1 101 ")) {
            throw new IOException("no upgrade: " + status);
        }
        while (!line().isEmpty()) {
            // the other headers promise nothing that matters here
        }
    }

    /** Sends a text message. */
    public void send(String json) throws IOException {
        TAPS.forEach(tap -> tap.sent(json));
        frame(TEXT, json.getBytes(StandardCharsets.UTF_8));
    }

    private void frame(int first, byte[] payload) throws IOException {
        int length = payload.length;
        ByteBuffer frame = ByteBuffer.allocate(14 + length).put((byte) first);
        if (length < 126) {
            frame.put((byte) (0x80 | length));
        } else if (length < 65_536) {
            frame.put((byte) 0xFE).putShort((short) length);
        } else {
            frame.put((byte) 0xFF).putLong(length);
        }
        frame.putInt(0); // a key of zeros: the payload stays as it is (RFC 6455, section 5.3)
        frame.put(payload);
        sending.lock();
        try {
            out.write(frame.array(), 0, frame.position());
        } finally {
            sending.unlock();
        }
    }

    /** The next message; empty where the server has closed, see {@link #closeCode}. */
    public Optional<String> next() throws IOException {
        while (true) {
            int first = in.read();
            if (first < 0) {
                return Optional.empty();
            }
            byte[] payload = in.readNBytes(length());
            switch (first) {
                case TEXT -> {
                    String json = new String(payload, StandardCharsets.UTF_8);
                    TAPS.forEach(tap -> tap.received(json));
                    return Optional.of(json);
                }
                case PING -> frame(PONG, payload);
                case CLOSE -> {
                    closeCode =
                            payload.length < 2 ? 1005 : ByteBuffer.wrap(payload).getShort() & 0xFFFF;
                    return Optional.empty();
                }
                default -> throw new IOException("a frame that begins with " + first);
            }
        }
    }

    /** The next message of a type, past all others. */
    public String next(String type) throws IOException {
        String wanted = "{\"type\":\"" + type + "\"";
        for (Optional<String> message = next(); message.isPresent(); message = next()) {
            if (message.get().startsWith(wanted)) {
                return message.get();
            }
        }
        throw new EOFException("closed with " + closeCode + " before a " + type);
    }

    /** The code of the server's close frame; 0 before, and where it ended without one. */
    public int closeCode() {
        return closeCode;
    }

    private int length() throws IOException {
        int length = must();
        int more = length == 126 ? 2 : length == 127 ? 8 : 0;
        if (more == 0) {
            return length;
        }
        long value = 0;
        for (int i = 0; i < more; i++) {
            value = value << 8 | must();
        }
        return Math.toIntExact(value);
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = must(); c != '\n'; c = must()) {
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    private int must() throws IOException {
        int b = in.read();
        if (b < 0) {
            throw new EOFException("the server's bytes end too early");
        }
        return b;
    }

    /** Sends FIN; what the server still sends can be read. */
    public void endOutput() throws IOException {
        socket.shutdownOutput();
    }

    /** Ends the connection with RST. */
    public void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    /** Ends the connection with FIN and no close frame. */
    @Override
    public void close() throws IOException {
        socket.close();
    }
}
