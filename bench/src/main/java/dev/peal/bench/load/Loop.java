package dev.peal.bench.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * The generator's one thread: opens connections, reads as much as a socket holds into one direct buffer, walks the frame headers in it and hands each text frame
 * to the load. A read that brings many frames costs one system call and one pass over their headers.
 */
final class Loop implements AutoCloseable {
    private static final int READ_BYTES = 512 * 1024;
    private static final int OPENING_MAX = 200;
    private static final int TEXT = 1;
    private static final int BINARY = 2;
    private static final int CLOSE = 8;
    private static final int PING = 9;

    private final Selector selector;
    private final Target target;
    private final FrameHandler handler;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(READ_BYTES);
    private final Consumer<SelectionKey> onSelected = this::selected;
    private final byte[] heartbeatReply;
    private final byte[] upgradeRequest;
    private long readNanos;
    private int opening;
    private int readyCount;
    private int closedCount;
    private int errorCount;
    private String firstError = "";

    /**
     * @param port on loopback
     * @param deflate whether to offer permessage-deflate without context takeover
     * @param addresses how many loopback addresses the connections come from: 127.0.0.1, or 127.0.0.2 and up where there is more than one
     */
    record Target(int port, Dialect dialect, boolean deflate, int addresses, Rooms rooms) {}

    /** Where the load uses many rooms: the number of the first, and how many connections join each. */
    record Rooms(int first, int connections) {}

    Loop(Target target, FrameHandler handler) throws IOException {
        this.target = target;
        this.handler = handler;
        selector = Selector.open();
        heartbeatReply = FrameTemplate.text(target.dialect().heartbeatReply());
        upgradeRequest = upgradeRequest(target);
    }

    private static byte[] upgradeRequest(Target target) {
        String offer = target.deflate()
                ? "Sec-WebSocket-Extensions: permessage-deflate; server_no_context_takeover; client_no_context_takeover\r\n"
                : "";
        String request = "GET " + target.dialect().path() + " HTTP/1.1\r\nHost: 127.0.0.1:" + target.port()
                + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: x3JJHMbDL1EzLkh9GBhXDw==\r\n"
                + "Sec-WebSocket-Version: 13\r\n" + offer + "\r\n";
        return request.getBytes(StandardCharsets.US_ASCII);
    }

    /** Opens connections until {@code connections} has {@code count}, and waits until all are ready. */
    void connect(List<Connection> connections, int count, int timeoutSeconds) throws IOException {
        long deadline = System.nanoTime() + timeoutSeconds * 1_000_000_000L;
        while (connections.size() < count && errorCount == 0) {
            connections.add(open(connections.size()));
            while (opening > OPENING_MAX && errorCount == 0 && System.nanoTime() < deadline) {
                pump(10);
            }
            if (connections.size() % 16 == 0) {
                pump(0);
            }
        }
        while (readyCount < count && errorCount == 0 && System.nanoTime() < deadline) {
            pump(10);
        }
        if (readyCount < count) {
            throw new IOException("only " + readyCount + " of " + count + " connections got ready: " + firstError);
        }
    }

    /** Opens one connection; blocks until TCP is up, which loopback does at once. */
    Connection open(int number) throws IOException {
        SocketChannel channel = SocketChannel.open();
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        if (target.addresses() > 1) {
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            byte[] source = {127, 0, 0, (byte) (2 + number % target.addresses())};
            channel.bind(new InetSocketAddress(InetAddress.getByAddress(source), 0));
        }
        channel.connect(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), target.port()));
        channel.configureBlocking(false);
        Connection connection = new Connection(number, channel);
        connection.registered(channel.register(selector, SelectionKey.OP_READ, connection));
        connection.append(upgradeRequest);
        connection.flush();
        opening++;
        return connection;
    }

    /** Handles what has arrived; waits for it at most that long, not at all for 0. */
    void pump(long timeoutMillis) throws IOException {
        try {
            if (timeoutMillis == 0) {
                selector.selectNow(onSelected);
            } else {
                selector.select(onSelected, timeoutMillis);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** When the bytes being handled were read, on the clock of {@link System#nanoTime()}. */
    long readNanos() {
        return readNanos;
    }

    int readyCount() {
        return readyCount;
    }

    int closedCount() {
        return closedCount;
    }

    int errorCount() {
        return errorCount;
    }

    String firstError() {
        return firstError;
    }

    /** Counts an answer that was not wanted and keeps the first one's beginning for the report. */
    void error(int at, int length) {
        byte[] text = new byte[Math.min(length, 200)];
        buffer.get(at, text);
        error(new String(text, StandardCharsets.UTF_8));
    }

    void error(String text) {
        if (errorCount++ == 0) {
            firstError = text;
        }
    }

    private void selected(SelectionKey key) {
        Connection connection = (Connection) key.attachment();
        try {
            if (key.isReadable()) {
                read(connection);
            }
            if (connection.open) {
                connection.flush();
            }
        } catch (IOException e) {
            lost(connection);
        }
    }

    private void read(Connection connection) throws IOException {
        buffer.clear();
        connection.restore(buffer);
        int got = connection.channel.read(buffer);
        if (got < 0) {
            lost(connection);
            return;
        }
        readNanos = System.nanoTime();
        int end = buffer.position();
        int at = connection.upgraded ? 0 : upgrade(connection, end);
        if (connection.upgraded) {
            at = walk(connection, at, end);
        }
        connection.keep(buffer, at, end);
    }

    private void lost(Connection connection) {
        try {
            connection.close();
            closedCount++;
            if (!connection.ready) {
                error("connection " + connection.number + " was lost before it was ready");
            }
            handler.closed(connection);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Walks whole frames; answers where the first unfinished one starts. */
    private int walk(Connection connection, int from, int end) throws IOException {
        int at = from;
        while (end - at >= 2) {
            int first = buffer.get(at);
            int length = buffer.get(at + 1) & 127;
            int header = 2;
            if (length == 126) {
                header = 4;
                length = end - at < header ? READ_BYTES : buffer.getShort(at + 2) & 0xffff;
            } else if (length == 127) {
                header = 10;
                length = end - at < header ? READ_BYTES : (int) Math.min(buffer.getLong(at + 2), READ_BYTES);
            }
            if (end - at - header < length) {
                break;
            }
            if ((first & 15) == TEXT) {
                text(connection, at + header, length, (first & 0x40) != 0);
            } else if ((first & 15) == BINARY) {
                if (connection.ready) {
                    handler.binary(connection, buffer, at + header, length, (first & 0x40) != 0);
                }
            } else {
                control(connection, first & 15, at + header, length);
            }
            at += header + length;
        }
        return at;
    }

    private void text(Connection connection, int at, int length, boolean deflated) throws IOException {
        if (connection.ready) {
            handler.text(connection, buffer, at, length, deflated);
        } else if (deflated
                || startsWith(
                        at,
                        length,
                        target.dialect().setup().get(connection.setupStep).await())) {
            // What is deflated cannot be read here: it is taken for the answer.
            connection.setupStep++;
            setUp(connection);
        } else if (length > 9 && buffer.get(at + 9) == 'e') {
            error(at, length);
        }
    }

    private void control(Connection connection, int opcode, int at, int length) throws IOException {
        switch (opcode) {
            case PING -> connection.append(pong(at, length));
            case CLOSE -> error("closed: " + closeReason(at, length));
            default -> {
                // A pong: nothing here asks for one.
            }
        }
    }

    private String closeReason(int at, int length) {
        byte[] reason = new byte[Math.max(0, length - 2)];
        buffer.get(at + Math.min(2, length), reason);
        int code = length >= 2 ? buffer.getShort(at) & 0xffff : 1005;
        return code + " " + new String(reason, StandardCharsets.UTF_8);
    }

    private byte[] pong(int at, int length) {
        byte[] frame = new byte[6 + length];
        frame[0] = (byte) 0x8a;
        frame[1] = (byte) (0x80 | length);
        buffer.get(at, frame, 6, length);
        return frame;
    }

    private int upgrade(Connection connection, int end) throws IOException {
        for (int i = 3; i < end; i++) {
            if (buffer.get(i) == '\n' && buffer.get(i - 2) == '\n') {
                upgraded(connection, i + 1);
                return i + 1;
            }
        }
        return 0;
    }

    private void upgraded(Connection connection, int headBytes) throws IOException {
        byte[] head = new byte[headBytes];
        buffer.get(0, head);
        String answer = new String(head, StandardCharsets.US_ASCII);
        if (!answer.startsWith("HTTP/1.1 101 ")) {
            error(answer);
            connection.close();
            return;
        }
        if (target.deflate() && !answer.toLowerCase(Locale.ROOT).contains("permessage-deflate")) {
            error("permessage-deflate was declined");
        }
        connection.upgraded = true;
        opening--;
        setUp(connection);
    }

    private void setUp(Connection connection) throws IOException {
        List<Dialect.Step> steps = target.dialect().setup();
        if (connection.setupStep == steps.size()) {
            connection.ready = true;
            readyCount++;
            connection.flush();
            connection.releaseBuffer();
            handler.ready(connection);
            return;
        }
        String text = steps.get(connection.setupStep).send();
        if (!text.isEmpty()) {
            connection.askedNanos = System.nanoTime();
            connection.append(FrameTemplate.text(text.replace("%R", "%06d".formatted(room(connection.number)))));
        }
    }

    /** The number of the room that a connection joins where the load uses many. */
    int room(int connection) {
        return target.rooms().first() + connection / target.rooms().connections();
    }

    private boolean startsWith(int at, int length, byte[] prefix) {
        if (length < prefix.length) {
            return false;
        }
        for (int i = 0; i < prefix.length; i++) {
            if (buffer.get(at + i) != prefix[i]) {
                return false;
            }
        }
        return true;
    }

    /** Answers a heartbeat in text if this is one. */
    boolean heartbeat(Connection connection, int at, int length) throws IOException {
        String beat = target.dialect().heartbeat();
        if (!beat.isEmpty() && length == beat.length() && buffer.get(at) == beat.charAt(0)) {
            connection.append(heartbeatReply);
            return true;
        }
        return false;
    }

    /** Closes every connection at once, without ceremony: the load is over. */
    @Override
    public void close() throws IOException {
        List<SelectionKey> keys = new ArrayList<>(selector.keys());
        for (SelectionKey key : keys) {
            key.channel().close();
        }
        selector.close();
    }
}
