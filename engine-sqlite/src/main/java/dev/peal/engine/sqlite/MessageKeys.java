package dev.peal.engine.sqlite;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The key under which a (room, sender, messageId) is remembered: {@code u32 room number · messageId · sender · u8 messageId length}, texts in UTF-8.
 *
 * <p>The id comes before the sender, so that a client that makes its ids rise with time (as UUIDv7 does) has them stored side by side: a commit then writes
 * one page per room for them, where random ids need a page each.
 */
final class MessageKeys {
    private MessageKeys() {}

    static byte[] of(int room, String sender, String messageId) {
        byte[] id = messageId.getBytes(StandardCharsets.UTF_8);
        byte[] from = sender.getBytes(StandardCharsets.UTF_8);
        ByteBuffer key = ByteBuffer.allocate(Integer.BYTES + id.length + from.length + 1);
        return key.putInt(room).put(id).put(from).put((byte) id.length).array();
    }
}
