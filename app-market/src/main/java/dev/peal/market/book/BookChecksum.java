package dev.peal.market.book;

import java.util.zip.CRC32;

/**
 * The checksum by which a reader knows that its book is the sender's. Belongs to one thread.
 *
 * <p>For each rank from 0 to 9: the bid of that rank, then the ask of that rank, where there is one; of each first the price, then the size; both as their exact
 * decimal text ({@link Step#text}: all places written) without the point and without zeros in front. That is the quantity in units of its last place: 0.00141342
 * gives {@code 141342} and 100.50 gives {@code 10050}. All of it as ASCII without anything between; CRC-32 as in IEEE 802.3 ({@link CRC32}), as an unsigned number.
 * The text of an empty book is empty, its checksum 0.
 */
public final class BookChecksum {
    /** How many levels of each side it covers. */
    public static final int DEPTH = 10;

    private static final int QUANTITY_BYTES_MAX = 20;

    private final Step tick;
    private final Step lot;
    private final CRC32 crc = new CRC32();
    private final byte[] text = new byte[DEPTH * 2 * 2 * QUANTITY_BYTES_MAX];

    public BookChecksum(Symbol symbol) {
        tick = symbol.tick();
        lot = symbol.lot();
    }

    /** 0 to 2^32 - 1. */
    public long of(BookSnapshot book) {
        int end = 0;
        for (int rank = 0; rank < DEPTH; rank++) {
            end = put(book.bids(), rank, end);
            end = put(book.asks(), rank, end);
        }
        return crc(end);
    }

    /** The same of a book as it stands. */
    public long of(OrderBook book) {
        int end = 0;
        for (int rank = 0; rank < DEPTH; rank++) {
            end = put(book, Side.BUY, rank, end);
            end = put(book, Side.SELL, rank, end);
        }
        return crc(end);
    }

    private int put(Levels levels, int rank, int at) {
        return rank < levels.size() ? put(levels.priceTicks(rank), levels.lots(rank), at) : at;
    }

    private int put(OrderBook book, Side side, int rank, int at) {
        return rank < book.size(side) ? put(book.priceTicks(side, rank), book.lots(side, rank), at) : at;
    }

    private int put(long priceTicks, long lots, int at) {
        return Digits.write(lot.inUnits(lots), text, Digits.write(tick.inUnits(priceTicks), text, at));
    }

    private long crc(int end) {
        crc.reset();
        crc.update(text, 0, end);
        return crc.getValue();
    }
}
