package dev.peal.market.wire;

import static dev.peal.market.wire.RecordLayout.*;

import dev.peal.market.book.BookDelta;
import dev.peal.market.book.BookSnapshot;
import dev.peal.market.book.Levels;
import dev.peal.market.book.Side;
import dev.peal.market.book.Symbol;
import dev.peal.market.book.Trade;

/**
 * Writes frames of 48-byte records ({@code binary=2}). Between {@link #begin} and {@link #end} come records; each call says false, and writes nothing, where the frame
 * has no room left: end it and begin another. Belongs to one thread.
 */
public final class RecordWriter {
    private final WireBuffer out;
    private int start = -1;
    private int records;

    /** Writes behind what is in the buffer. */
    public RecordWriter(WireBuffer out) {
        this.out = out;
    }

    /** Begins a frame. */
    public void begin(long timeNanos) {
        if (start >= 0) {
            throw new IllegalStateException("the frame before has no end");
        }
        start = out.reserve(HEADER_BYTES);
        records = 0;
        byte[] bytes = out.array();
        bytes[start] = MAGIC_0;
        bytes[start + 1] = MAGIC_1;
        bytes[start + VERSION_AT] = VERSION;
        bytes[start + RECORD_BYTES_AT] = RECORD_BYTES;
        INT.set(bytes, start + COUNT_AT, 0);
        LONG.set(bytes, start + TIME_AT, timeNanos);
    }

    /** Ends the frame; returns how many bytes it has. */
    public int end() {
        SHORT.set(out.array(), start + COUNT_AT, (short) records);
        int length = out.length() - start;
        start = -1;
        return length;
    }

    /** Whether so many further records fit. */
    public boolean fits(int more) {
        return records + more <= RECORDS_MAX;
    }

    public boolean price(Symbol symbol, long sequence, long timeNanos, long priceTicks, long lots) {
        return fits(1) && record(RecordKind.PRICE, 0, 0, symbol, sequence, timeNanos, priceTicks, lots, 0);
    }

    public boolean trade(Symbol symbol, long sequence, Trade trade) {
        return fits(1)
                && record(
                        RecordKind.TRADE,
                        code(trade.side()),
                        0,
                        symbol,
                        sequence,
                        trade.timeNanos(),
                        trade.priceTicks(),
                        trade.lots(),
                        trade.tradeId());
    }

    /** A whole book, or its best {@code depth} levels; 0: all. */
    public boolean book(Symbol symbol, long sequence, long checksum, int depth, BookSnapshot book, long timeNanos) {
        int levels = book.bids().size() + book.asks().size();
        if (!fits(1 + levels)) {
            return false;
        }
        long extra = checksum | (long) depth << 32;
        record(RecordKind.BOOK, 0, WHOLE, symbol, sequence, timeNanos, 0, levels, extra);
        levels(symbol, sequence, timeNanos, Side.BUY, book.bids());
        levels(symbol, sequence, timeNanos, Side.SELL, book.asks());
        return true;
    }

    /** What changed in a book since the sequence {@code previous}. */
    public boolean bookDelta(
            Symbol symbol, long previous, long sequence, long checksum, int depth, BookDelta delta, long timeNanos) {
        if (!fits(1 + delta.size())) {
            return false;
        }
        long extra = checksum | (long) depth << 32;
        record(RecordKind.BOOK, 0, 0, symbol, sequence, timeNanos, previous, delta.size(), extra);
        levels(symbol, sequence, timeNanos, Side.BUY, delta.bids());
        levels(symbol, sequence, timeNanos, Side.SELL, delta.asks());
        return true;
    }

    /** The sequences from {@code from} to {@code to}, both included, were left out. */
    public boolean skipped(Symbol symbol, Channel channel, long from, long to, long timeNanos) {
        return fits(1) && record(RecordKind.SKIPPED, channel.code(), 0, symbol, from, timeNanos, to, to - from + 1, 0);
    }

    private void levels(Symbol symbol, long sequence, long timeNanos, Side side, Levels levels) {
        for (int i = 0; i < levels.size(); i++) {
            record(
                    RecordKind.LEVEL,
                    code(side),
                    0,
                    symbol,
                    sequence,
                    timeNanos,
                    levels.priceTicks(i),
                    levels.lots(i),
                    0);
        }
    }

    private boolean record(
            RecordKind kind,
            int side,
            int flags,
            Symbol symbol,
            long sequence,
            long timeNanos,
            long price,
            long size,
            long extra) {
        int at = out.reserve(RECORD_BYTES);
        byte[] bytes = out.array();
        bytes[at] = (byte) kind.code();
        bytes[at + SIDE_AT] = (byte) side;
        SHORT.set(bytes, at + FLAGS_AT, (short) flags);
        INT.set(bytes, at + SYMBOL_AT, symbol.id());
        LONG.set(bytes, at + SEQUENCE_AT, sequence);
        LONG.set(bytes, at + RECORD_TIME_AT, timeNanos);
        LONG.set(bytes, at + PRICE_AT, price);
        LONG.set(bytes, at + SIZE_AT, size);
        LONG.set(bytes, at + EXTRA_AT, extra);
        records++;
        return true;
    }

    private static int code(Side side) {
        return side == Side.BUY ? 1 : 2;
    }
}
