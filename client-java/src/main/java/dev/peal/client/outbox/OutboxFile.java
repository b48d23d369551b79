package dev.peal.client.outbox;

import dev.peal.client.json.Json;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The file's format: a header, then records of a length, a CRC-32C and that many bytes of JSON: a message that is kept, or the id of one that is done. A record that is cut
 * short or whose checksum is wrong ends the file: it was being written when the program or the machine stopped, and nobody was told that it is kept. Owned by one thread.
 */
final class OutboxFile implements AutoCloseable {
    private static final byte[] HEADER = "PEAL-OUTBOX-1\n".getBytes(StandardCharsets.US_ASCII);
    private static final int RECORD_HEAD = 8;
    private static final int RECORD_BYTES_MAX = 1 << 20;

    /** A file of this length may be mostly of done messages: then what waits is written anew. */
    private static final long COMPACT_BYTES = 1 << 20;

    private final Path path;
    private final LinkedHashMap<String, Outgoing> waiting = new LinkedHashMap<>();
    private FileChannel channel;
    private long end;
    private long compacted;

    private OutboxFile(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /** Opens or makes the file, and cuts off what is torn. */
    static OutboxFile open(Path path) throws IOException {
        FileChannel channel = channel(path);
        try {
            OutboxFile file = new OutboxFile(path, channel);
            file.read();
            return file;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static FileChannel channel(Path path) throws IOException {
        return FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    /** What is kept and not done, the oldest first. */
    Collection<Outgoing> waiting() {
        return waiting.values();
    }

    /** Appends; {@link #sync} makes it safe. */
    void keep(Outgoing message) throws IOException {
        append(json(message));
        waiting.put(message.messageId(), message);
    }

    private static ObjectNode json(Outgoing message) {
        ObjectNode json = Json.object()
                .put("messageId", message.messageId())
                .put("roomId", message.roomId())
                .put("type", message.type());
        json.set("data", message.data());
        return json;
    }

    /** Appends; if that is lost the message is sent again, which does no harm. An empty outbox begins anew. */
    void done(String messageId) throws IOException {
        if (waiting.remove(messageId) == null) {
            return;
        }
        if (waiting.isEmpty()) {
            cut(HEADER.length);
        } else {
            append(Json.object().put("done", messageId));
        }
    }

    void sync() throws IOException {
        channel.force(false);
        if (end > COMPACT_BYTES && end / 2 > compacted) {
            compact();
        }
    }

    /** Writes what waits into a new file and puts that in this one's place. */
    private void compact() throws IOException {
        Path next = path.resolveSibling(path.getFileName() + ".new");
        Files.deleteIfExists(next);
        channel.close();
        channel = channel(next);
        begin();
        for (Outgoing message : waiting.values()) {
            append(json(message));
        }
        channel.force(false);
        Files.move(next, path, StandardCopyOption.ATOMIC_MOVE);
        compacted = end;
    }

    private void read() throws IOException {
        ByteBuffer header = ByteBuffer.allocate(HEADER.length);
        fill(header, 0);
        if (channel.size() < HEADER.length) {
            // New, or cut off in its first write: nothing can be in it.
            begin();
            return;
        }
        if (!Arrays.equals(header.array(), HEADER)) {
            throw new IOException("not an outbox");
        }
        end = HEADER.length;
        for (byte[] record = next(); record != null; record = next()) {
            end += RECORD_HEAD + record.length;
            take(new String(record, StandardCharsets.UTF_8));
        }
        cut(end);
    }

    private void begin() throws IOException {
        channel.truncate(0);
        write(ByteBuffer.wrap(HEADER), 0);
        end = HEADER.length;
        channel.force(false);
    }

    /** Null at the end, or where the file is torn. */
    private byte @Nullable [] next() throws IOException {
        ByteBuffer head = ByteBuffer.allocate(RECORD_HEAD);
        fill(head, end);
        if (head.hasRemaining()) {
            return null;
        }
        head.flip();
        int length = head.getInt();
        int checksum = head.getInt();
        if (length < 1 || length > RECORD_BYTES_MAX) {
            return null;
        }
        ByteBuffer body = ByteBuffer.allocate(length);
        fill(body, end + RECORD_HEAD);
        return !body.hasRemaining() && checksum(body.array()) == checksum ? body.array() : null;
    }

    private void take(String text) throws IOException {
        ObjectNode json = Json.read(text).orElseThrow(() -> new IOException("a record is not JSON"));
        if (json.has("done")) {
            waiting.remove(json.path("done").stringValue(""));
            return;
        }
        Optional<ObjectNode> data =
                json.get("data") instanceof ObjectNode object ? Optional.of(object) : Optional.empty();
        Outgoing message = new Outgoing(
                json.path("messageId").stringValue(""),
                json.path("roomId").stringValue(""),
                json.path("type").stringValue(""),
                data.orElseThrow(() -> new IOException("a record has no data")));
        waiting.put(message.messageId(), message);
    }

    private void append(ObjectNode json) throws IOException {
        byte[] body = Json.text(json).getBytes(StandardCharsets.UTF_8);
        ByteBuffer record = ByteBuffer.allocate(RECORD_HEAD + body.length);
        record.putInt(body.length).putInt(checksum(body)).put(body).flip();
        write(record, end);
        end += RECORD_HEAD + body.length;
    }

    private void cut(long size) throws IOException {
        if (channel.size() > size) {
            channel.truncate(size);
        }
        end = size;
    }

    private void write(ByteBuffer bytes, long at) throws IOException {
        long to = at;
        while (bytes.hasRemaining()) {
            to += channel.write(bytes, to);
        }
    }

    private void fill(ByteBuffer bytes, long from) throws IOException {
        long at = from;
        while (bytes.hasRemaining()) {
            int read = channel.read(bytes, at);
            if (read < 0) {
                return;
            }
            at += read;
        }
    }

    private static int checksum(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return (int) crc.getValue();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
