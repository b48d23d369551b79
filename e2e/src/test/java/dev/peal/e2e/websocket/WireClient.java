package dev.peal.e2e.websocket;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/** A blocking client that writes exactly the bytes it is told to. Used by one thread, but reading and writing may be two. */
public final class WireClient implements AutoCloseable {
    public static final int FIN = 0x80;
    static final int RSV1 = 0x40;
    public static final int TEXT = 1;
    static final int BINARY = 2;
    public static final int CLOSE = 8;
    static final int PING = 9;
    static final int PONG = 10;

    private static final int TIMEOUT_MILLIS = 20_000;
    private static final byte[] TAIL = {0, 0, -1, -1};

    /** A frame as it came. */
    public record Frame(int first, byte[] payload) {
        public int opcode() {
            return first & 0x0F;
        }

        boolean compressed() {
            return (first & RSV1) != 0;
        }

        public int closeCode() {
            return payload.length < 2 ? 1005 : ByteBuffer.wrap(payload).getShort() & 0xFFFF;
        }
    }

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private final Map<String, String> headers = new HashMap<>();
    private final Deflater deflater = new Deflater(6, true);
    private final Inflater inflater = new Inflater(true);

    private WireClient(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
        this.out = socket.getOutputStream();
    }

    /**
     * Opens a WebSocket.
     *
     * @param extensions what to offer, empty for nothing
     */
    public static WireClient connect(int port, String extensions) throws IOException {
        Socket socket = new Socket();
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        socket.connect(new InetSocketAddress("127.0.0.1", port), TIMEOUT_MILLIS);
        WireClient client = new WireClient(socket);
        String request = "GET / HTTP/1.1\r\nHost: localhost:" + port
                + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                + (extensions.isEmpty() ? "" : "Sec-WebSocket-Extensions: " + extensions + "\r\n") + "\r\n";
        client.raw(request.getBytes(StandardCharsets.US_ASCII));
        client.readHead();
        return client;
    }

    /** The server's {@code Sec-WebSocket-Extensions}, empty where there is none. */
    String extensions() {
        return headers.getOrDefault("sec-websocket-extensions", "");
    }

    void raw(byte[] bytes) throws IOException {
        out.write(bytes);
    }

    public void send(int first, byte[] payload) throws IOException {
        out.write(frame(first, payload));
    }

    public void send(int first, String payload) throws IOException {
        send(first, payload.getBytes(StandardCharsets.UTF_8));
    }

    /** A masked frame. */
    static byte[] frame(int first, byte[] payload) {
        int length = payload.length;
        ByteBuffer frame = ByteBuffer.allocate(14 + length).put((byte) first);
        if (length < 126) {
            frame.put((byte) (0x80 | length));
        } else if (length < 65_536) {
            frame.put((byte) 0xFE).putShort((short) length);
        } else {
            frame.put((byte) 0xFF).putLong(length);
        }
        byte[] mask = {(byte) length, 0x5A, (byte) 0xC3, 0x17};
        frame.put(mask);
        for (int i = 0; i < length; i++) {
            frame.put((byte) (payload[i] ^ mask[i & 3]));
        }
        byte[] bytes = new byte[frame.position()];
        frame.flip().get(bytes);
        return bytes;
    }

    /**
     * The next frame; empty at the end of the server's bytes.
     *
     * @throws IOException also where the connection was reset, or ended inside a frame
     */
    public Optional<Frame> read() throws IOException {
        int first = in.read();
        if (first < 0) {
            return Optional.empty();
        }
        int second = must(in.read());
        if ((second & 0x80) != 0) {
            throw new IOException("a server's frame is masked");
        }
        long length = second & 0x7F;
        int more = length == 126 ? 2 : length == 127 ? 8 : 0;
        if (more > 0) {
            length = 0;
            for (int i = 0; i < more; i++) {
                length = length << 8 | must(in.read());
            }
        }
        byte[] payload = in.readNBytes(Math.toIntExact(length));
        if (payload.length < length) {
            throw new EOFException("the server's bytes end inside a frame");
        }
        return Optional.of(new Frame(first, payload));
    }

    /** Compresses a message without the context of earlier ones. */
    byte[] deflate(byte[] message) {
        deflater.reset();
        deflater.setInput(message);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(message.length / 2 + 64);
        byte[] chunk = new byte[16_384];
        int n;
        do {
            n = deflater.deflate(chunk, 0, chunk.length, Deflater.SYNC_FLUSH);
            bytes.write(chunk, 0, n);
        } while (n == chunk.length);
        byte[] whole = bytes.toByteArray();
        byte[] cut = new byte[whole.length - TAIL.length];
        System.arraycopy(whole, 0, cut, 0, cut.length);
        return cut;
    }

    /** A message's plain payload, without the context of earlier ones. */
    byte[] payload(Frame frame, int sizeMax) throws IOException {
        if (!frame.compressed()) {
            return frame.payload();
        }
        inflater.reset();
        byte[] wire = new byte[frame.payload().length + TAIL.length];
        System.arraycopy(frame.payload(), 0, wire, 0, frame.payload().length);
        System.arraycopy(TAIL, 0, wire, frame.payload().length, TAIL.length);
        inflater.setInput(wire);
        byte[] plain = new byte[sizeMax + 1];
        try {
            int length = inflater.inflate(plain);
            return Arrays.copyOf(plain, length);
        } catch (DataFormatException e) {
            throw new IOException("the server's message is no deflate data", e);
        }
    }

    /** Ends our half of the connection. */
    void endOutput() throws IOException {
        socket.shutdownOutput();
    }

    /** Ends the connection with a reset. */
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        close();
    }

    @Override
    public void close() throws IOException {
        deflater.end();
        inflater.end();
        socket.close();
    }

    private void readHead() throws IOException {
        String status = line();
        if (!status.startsWith("HTTP/1.1 101 ")) {
            throw new IOException("no upgrade: " + status);
        }
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = must(in.read()); c != '\n'; c = must(in.read())) {
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    private static int must(int b) throws EOFException {
        if (b < 0) {
            throw new EOFException("the server's bytes end too early");
        }
        return b;
    }
}
