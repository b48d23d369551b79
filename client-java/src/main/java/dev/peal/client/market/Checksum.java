package dev.peal.client.market;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/** Of the ten best levels of each side: CRC-32 of their digits, bid and ask in turn (PROTOCOL.md, section 17). Pure. */
final class Checksum {
    private static final int RANKS = 10;

    private Checksum() {}

    static long of(BookSide bids, BookSide asks, Steps steps) {
        StringBuilder text = new StringBuilder();
        for (int rank = 0; rank < RANKS; rank++) {
            append(bids, rank, steps, text);
            append(asks, rank, steps, text);
        }
        CRC32 crc = new CRC32();
        crc.update(text.toString().getBytes(StandardCharsets.US_ASCII));
        return crc.getValue();
    }

    private static void append(BookSide side, int rank, Steps steps, StringBuilder text) {
        if (rank < side.size()) {
            text.append(steps.tick().digits(side.ticks(rank)));
            text.append(steps.lot().digits(side.lots(rank)));
        }
    }
}
