package dev.peal.client.market;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.OptionalLong;

/**
 * Reads frames of {@code binary=2} (PROTOCOL.md, section 17), each whole or not at all. Skips kinds of records that it does not know, and what a later version puts behind 48
 * bytes.
 */
public final class RecordReader {
    private static final int HEADER_BYTES = 16;
    private static final int RECORD_BYTES = 48;
    private static final int VERSION = 2;
    private static final int PRICE = 1;
    private static final int TRADE = 2;
    private static final int LEVEL = 3;
    private static final int BOOK = 4;
    private static final int SKIPPED = 5;
    private static final int WHOLE = 1;

    private final ByteBuffer frame;
    private final int stride;
    private final int records;

    private RecordReader(ByteBuffer frame) {
        this.frame = frame;
        this.stride = frame.get(3) & 0xFF;
        this.records = frame.getShort(4) & 0xFFFF;
    }

    /** Gives out what is in a frame, and says when the server wrote it; gives nothing where it is none. */
    public static OptionalLong read(byte[] bytes, RecordSink sink) {
        if (bytes.length < HEADER_BYTES || bytes[0] != 'P' || bytes[1] != 'M' || bytes[2] != VERSION) {
            return OptionalLong.empty();
        }
        RecordReader reader = new RecordReader(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN));
        if (reader.stride < RECORD_BYTES
                || bytes.length != HEADER_BYTES + reader.records * reader.stride
                || !reader.isWhole()) {
            return OptionalLong.empty();
        }
        for (int i = 0; i < reader.records; i++) {
            i += reader.give(i, sink);
        }
        return OptionalLong.of(reader.frame.getLong(8));
    }

    /** Whether every book has its levels, and every field a value that it can have. */
    private boolean isWhole() {
        for (int i = 0; i < records; i++) {
            boolean right = switch (kind(i)) {
                case TRADE -> side(i) >= 1 && side(i) <= 2 && price(i) >= 1 && size(i) >= 1;
                case SKIPPED -> side(i) >= 1 && side(i) <= Channel.values().length;
                case BOOK -> hasLevels(i);
                default -> true;
            };
            if (!right) {
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
            if (kind(i) != LEVEL || side(i) < 1 || side(i) > 2) {
                return false;
            }
        }
        return true;
    }

    /** Gives out one record; returns how many further ones belonged to it. */
    private int give(int i, RecordSink sink) {
        switch (kind(i)) {
            case PRICE -> sink.price(symbol(i), sequence(i), price(i), size(i), time(i));
            case TRADE -> {
                Side side = side(i) == 1 ? Side.BUY : Side.SELL;
                sink.trade(symbol(i), sequence(i), extra(i), side, price(i), size(i), time(i));
            }
            case SKIPPED -> sink.skipped(symbol(i), Channel.values()[side(i) - 1], sequence(i), price(i), time(i));
            case BOOK -> {
                giveBook(i, sink);
                return (int) size(i);
            }
            default -> {
                // Of a later version.
            }
        }
        return 0;
    }

    private void giveBook(int i, RecordSink sink) {
        long checksum = extra(i) & 0xFFFF_FFFFL;
        int depth = (int) (extra(i) >>> 32);
        long[] bids = levels(i, 1);
        long[] asks = levels(i, 2);
        if ((frame.getShort(at(i) + 2) & WHOLE) != 0) {
            sink.book(symbol(i), sequence(i), checksum, depth, bids, asks, time(i));
        } else {
            sink.bookDelta(symbol(i), price(i), sequence(i), checksum, depth, bids, asks, time(i));
        }
    }

    private long[] levels(int book, int side) {
        int count = (int) size(book);
        long[] levels = new long[2 * count];
        int filled = 0;
        for (int i = book + 1; i <= book + count; i++) {
            if (side(i) == side) {
                levels[filled++] = price(i);
                levels[filled++] = size(i);
            }
        }
        return Arrays.copyOf(levels, filled);
    }

    private int at(int record) {
        return HEADER_BYTES + record * stride;
    }

    private int kind(int record) {
        return frame.get(at(record)) & 0xFF;
    }

    private int side(int record) {
        return frame.get(at(record) + 1) & 0xFF;
    }

    private long symbol(int record) {
        return frame.getInt(at(record) + 4) & 0xFFFF_FFFFL;
    }

    private long sequence(int record) {
        return frame.getLong(at(record) + 8);
    }

    private long time(int record) {
        return frame.getLong(at(record) + 16);
    }

    private long price(int record) {
        return frame.getLong(at(record) + 24);
    }

    private long size(int record) {
        return frame.getLong(at(record) + 32);
    }

    private long extra(int record) {
        return frame.getLong(at(record) + 40);
    }
}
