package dev.peal.market.wire;

import static dev.peal.market.wire.RecordLayout.*;

import dev.peal.market.book.BookChanges;
import dev.peal.market.book.BookDelta;
import dev.peal.market.book.BookSnapshot;
import dev.peal.market.book.Side;
import dev.peal.market.book.Trade;

/**
 * Reads frames of 48-byte records. A frame is taken whole or not at all: {@link #read} says false, and gives nothing out, where the bytes are no frame. Records of kinds
 * that are not known, and whatever a later version puts behind the 48 bytes of a record, are skipped.
 */
public final class RecordReader {
    private final byte[] bytes;
    private final int first;
    private final int stride;
    private final int records;
    private final long timeNanos;

    private RecordReader(byte[] bytes, int from) {
        this.bytes = bytes;
        first = from + HEADER_BYTES;
        stride = bytes[from + RECORD_BYTES_AT] & 0xFF;
        records = (short) SHORT.get(bytes, from + COUNT_AT) & RECORDS_MAX;
        timeNanos = (long) LONG.get(bytes, from + TIME_AT);
    }

    /** Gives out what is in a frame; false where it is none. */
    public static boolean read(byte[] bytes, int from, int length, RecordSink sink) {
        if (!isFrame(bytes, from, length)) {
            return false;
        }
        RecordReader reader = new RecordReader(bytes, from);
        if (!reader.isWhole()) {
            return false;
        }
        for (int i = 0; i < reader.records; i++) {
            i += reader.give(i, sink);
        }
        return true;
    }

    /** When a frame was written; it must be one. */
    public static long timeNanos(byte[] bytes, int from) {
        return new RecordReader(bytes, from).timeNanos;
    }

    private static boolean isFrame(byte[] bytes, int from, int length) {
        if (length < HEADER_BYTES || bytes[from] != MAGIC_0 || bytes[from + 1] != MAGIC_1) {
            return false;
        }
        RecordReader reader = new RecordReader(bytes, from);
        return bytes[from + VERSION_AT] == VERSION
                && reader.stride >= RECORD_BYTES
                && length == HEADER_BYTES + reader.records * reader.stride;
    }

    /** Whether every book has its levels, and every field a value that it can have. */
    private boolean isWhole() {
        for (int i = 0; i < records; i++) {
            int kind = kind(i);
            if (kind == RecordKind.TRADE.code() && (side(i) < 1 || side(i) > 2 || price(i) < 1 || size(i) < 1)) {
                return false;
            }
            if (kind == RecordKind.SKIPPED.code() && (side(i) < 1 || side(i) > Channel.values().length)) {
                return false;
            }
            if (kind == RecordKind.BOOK.code() && !hasLevels(i)) {
                return false;
            }
        }
        return true;
    }

    private boolean hasLevels(int book) {
        long levels = size(book);
        if (levels < 0 || levels > records - 1 - book) {
            return false;
        }
        for (int i = book + 1; i <= book + levels; i++) {
            if (kind(i) != RecordKind.LEVEL.code() || side(i) < 1 || side(i) > 2) {
                return false;
            }
        }
        return true;
    }

    /** Gives out one record; returns how many further ones belonged to it. */
    private int give(int i, RecordSink sink) {
        int kind = kind(i);
        if (kind == RecordKind.PRICE.code()) {
            sink.price(symbol(i), sequence(i), time(i), price(i), size(i));
        } else if (kind == RecordKind.TRADE.code()) {
            sink.trade(symbol(i), sequence(i), new Trade(extra(i), sideOf(i), price(i), size(i), time(i)));
        } else if (kind == RecordKind.SKIPPED.code()) {
            sink.skipped(symbol(i), Channel.values()[side(i) - 1], sequence(i), price(i), time(i));
        } else if (kind == RecordKind.BOOK.code()) {
            book(i, sink);
            return (int) size(i);
        }
        return 0;
    }

    private void book(int i, RecordSink sink) {
        BookChanges levels = new BookChanges();
        for (int l = i + 1; l <= i + size(i); l++) {
            levels.put(sideOf(l), price(l), size(l));
        }
        BookDelta delta = levels.take();
        long checksum = extra(i) & 0xFFFF_FFFFL;
        int depth = (int) (extra(i) >>> 32);
        if ((flags(i) & WHOLE) != 0) {
            BookSnapshot book = new BookSnapshot(delta.bids(), delta.asks());
            sink.book(symbol(i), sequence(i), checksum, depth, book, time(i));
        } else {
            sink.bookDelta(symbol(i), price(i), sequence(i), checksum, depth, delta, time(i));
        }
    }

    private int at(int record) {
        return first + record * stride;
    }

    private int kind(int record) {
        return bytes[at(record)] & 0xFF;
    }

    private int side(int record) {
        return bytes[at(record) + SIDE_AT] & 0xFF;
    }

    private Side sideOf(int record) {
        return side(record) == 1 ? Side.BUY : Side.SELL;
    }

    private int flags(int record) {
        return (short) SHORT.get(bytes, at(record) + FLAGS_AT);
    }

    private int symbol(int record) {
        return (int) INT.get(bytes, at(record) + SYMBOL_AT);
    }

    private long sequence(int record) {
        return (long) LONG.get(bytes, at(record) + SEQUENCE_AT);
    }

    private long time(int record) {
        return (long) LONG.get(bytes, at(record) + RECORD_TIME_AT);
    }

    private long price(int record) {
        return (long) LONG.get(bytes, at(record) + PRICE_AT);
    }

    private long size(int record) {
        return (long) LONG.get(bytes, at(record) + SIZE_AT);
    }

    private long extra(int record) {
        return (long) LONG.get(bytes, at(record) + EXTRA_AT);
    }
}
