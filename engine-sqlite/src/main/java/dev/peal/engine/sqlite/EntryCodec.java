package dev.peal.engine.sqlite;

import dev.peal.log.Draft;
import dev.peal.log.Entry;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * An entry as the bytes of its row's {@code body}, so that one checksum covers all of it and one bind stores it. Thread-confined.
 *
 * <p>Big-endian: {@code u32 crc32c · u8 version · i64 timeMillis · i64 written · u8 type length · u16 sender length · u16 messageId length · type · sender ·
 * messageId · data}, texts in UTF-8. The checksum covers the row's id and everything after itself, so a body in another row's place is found too.
 * {@code written} is the sum of the room's data bytes up to and including this entry: the difference of two entries is what lies between, and retention by
 * bytes needs no scan.
 */
final class EntryCodec {
    static final int HEADER_BYTES = 26;

    private static final byte VERSION = 1;
    private static final byte[] EMPTY = {};

    private final CRC32C crc = new CRC32C();
    private final byte[] idBytes = new byte[Long.BYTES];
    private final ByteBuffer idBuffer = ByteBuffer.wrap(idBytes);

    /** What a body says about its entry besides the entry. */
    record Header(
            long timeMillis,
            long written,
            int dataBytes,
            String sender,
            @Nullable String messageId) {}

    byte[] encode(long id, Draft draft, long written) {
        String messageId = draft.messageId();
        byte[] type = draft.type().getBytes(StandardCharsets.UTF_8);
        byte[] sender = draft.sender().getBytes(StandardCharsets.UTF_8);
        byte[] key = messageId == null ? EMPTY : messageId.getBytes(StandardCharsets.UTF_8);
        byte[] body = new byte[HEADER_BYTES + type.length + sender.length + key.length + draft.data().length];
        ByteBuffer out = ByteBuffer.wrap(body);
        out.putInt(0)
                .put(VERSION)
                .putLong(draft.timeMillis())
                .putLong(written)
                .put((byte) type.length)
                .putShort((short) sender.length)
                .putShort((short) key.length);
        out.put(type).put(sender).put(key).put(draft.data());
        out.putInt(0, checksum(id, body));
        return body;
    }

    /** The entry in this body, or null where the body is damaged. */
    @Nullable
    Entry decode(long id, byte @Nullable [] body) {
        if (body == null || !intact(id, body)) {
            return null;
        }
        ByteBuffer in = ByteBuffer.wrap(body);
        int type = in.get(21) & 0xff;
        int sender = in.getShort(22) & 0xffff;
        int key = in.getShort(24) & 0xffff;
        byte[] data = new byte[body.length - HEADER_BYTES - type - sender - key];
        in.get(body.length - data.length, data);
        return new Entry(
                RowIds.offset(id),
                in.getLong(5),
                new String(body, HEADER_BYTES, type, StandardCharsets.UTF_8),
                new String(body, HEADER_BYTES + type, sender, StandardCharsets.UTF_8),
                data);
    }

    /** The header of this body, or null where the body is damaged. */
    @Nullable
    Header header(long id, byte @Nullable [] body) {
        if (body == null || !intact(id, body)) {
            return null;
        }
        ByteBuffer in = ByteBuffer.wrap(body);
        int type = in.get(21) & 0xff;
        int sender = in.getShort(22) & 0xffff;
        int key = in.getShort(24) & 0xffff;
        int at = HEADER_BYTES + type;
        String from = new String(body, at, sender, StandardCharsets.UTF_8);
        String messageId = key == 0 ? null : new String(body, at + sender, key, StandardCharsets.UTF_8);
        return new Header(in.getLong(5), in.getLong(13), body.length - at - sender - key, from, messageId);
    }

    private boolean intact(long id, byte[] body) {
        return body.length >= HEADER_BYTES
                && body[4] == VERSION
                && ByteBuffer.wrap(body).getInt() == checksum(id, body);
    }

    private int checksum(long id, byte[] body) {
        idBuffer.putLong(0, id);
        crc.reset();
        crc.update(idBytes);
        crc.update(body, Integer.BYTES, body.length - Integer.BYTES);
        return (int) crc.getValue();
    }
}
