package dev.peal.market.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.peal.market.Seeded;
import dev.peal.market.book.BookChanges;
import dev.peal.market.book.BookDelta;
import dev.peal.market.book.BookSnapshot;
import dev.peal.market.book.Levels;
import dev.peal.market.book.Side;
import dev.peal.market.book.Symbol;
import dev.peal.market.book.Trade;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RecordFrameTest {
    private static final Symbol A = Symbol.of("A", 1, "0.01", "1");
    private static final int FRAMES = Seeded.count(20_000, 200_000);

    private final WireBuffer out = new WireBuffer(64);
    private final RecordWriter writer = new RecordWriter(out);

    @Test
    void whatIsWrittenIsReadWhateverIsInItAndWhereverItStands() {
        Seeded.run(random -> {
            for (int i = 0; i < FRAMES; i++) {
                out.clear();
                int padding = random.nextInt(40);
                out.reserve(padding);
                RecordLog expected = new RecordLog();
                writer.begin(i);
                for (int n = random.nextInt(8); n > 0; n--) {
                    record(random, expected);
                }
                int length = writer.end();
                RecordLog read = new RecordLog();
                assertThat(RecordReader.read(out.array(), padding, length, read))
                        .isTrue();
                assertThat(read.lines()).isEqualTo(expected.lines());
                assertThat(RecordReader.timeNanos(out.array(), padding)).isEqualTo(i);
            }
        });
    }

    @Test
    void noBytesMakeTheReaderThrow() {
        Seeded.run(random -> {
            for (int i = 0; i < FRAMES; i++) {
                out.clear();
                writer.begin(i);
                for (int n = random.nextInt(8); n > 0; n--) {
                    record(random, new RecordLog());
                }
                byte[] bytes = new byte[writer.end()];
                System.arraycopy(out.array(), 0, bytes, 0, bytes.length);
                for (int n = 1 + random.nextInt(5); n > 0; n--) {
                    bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
                }
                int length = random.nextInt(4) == 0 ? random.nextInt(bytes.length) : bytes.length;
                RecordLog read = new RecordLog();
                if (!RecordReader.read(bytes, 0, length, read)) {
                    assertThat(read.lines()).isEmpty();
                }
            }
        });
    }

    @Test
    void aFrameHas65535RecordsAndNotOneMore() {
        writer.begin(0);
        for (int i = 0; i < 65_533; i++) {
            assertThat(writer.price(A, i, i, 1, 1)).isTrue();
        }
        BookSnapshot two = new BookSnapshot(Levels.of(1, 1), Levels.of(2, 1));
        assertThat(writer.book(A, 1, 0, 10, two, 0)).isFalse();
        assertThat(writer.bookDelta(A, 0, 1, 0, 10, new BookDelta(two.bids(), two.asks()), 0))
                .isFalse();
        assertThat(writer.book(A, 1, 0, 10, two.top(0), 0)).isTrue();
        assertThat(writer.skipped(A, Channel.PRICE, 1, 2, 0)).isTrue();
        assertThat(writer.price(A, 1, 1, 1, 1)).isFalse();
        assertThat(writer.trade(A, 1, new Trade(1, Side.BUY, 1, 1, 0))).isFalse();
        assertThat(writer.skipped(A, Channel.PRICE, 1, 2, 0)).isFalse();
        int length = writer.end();
        assertThat(length).isEqualTo(16 + 65_535 * 48);
        RecordLog read = new RecordLog();
        assertThat(RecordReader.read(out.array(), 0, length, read)).isTrue();
        assertThat(read.lines()).hasSize(65_535);
    }

    @Test
    void framesFollowEachOtherInABuffer() {
        writer.begin(1);
        writer.price(A, 1, 1, 1, 1);
        int first = writer.end();
        writer.begin(2);
        int second = writer.end();
        assertThat(RecordReader.read(out.array(), 0, first, new RecordLog())).isTrue();
        assertThat(RecordReader.read(out.array(), first, second, new RecordLog()))
                .isTrue();
        assertThat(RecordReader.timeNanos(out.array(), first)).isEqualTo(2);
    }

    @Test
    void aFrameIsEndedBeforeTheNextBegins() {
        writer.begin(1);
        assertThatThrownBy(() -> writer.begin(2)).isInstanceOf(IllegalStateException.class);
    }

    private void record(Random random, RecordLog expected) {
        long sequence = random.nextLong(1L << 53);
        long time = random.nextLong();
        long price = 1 + random.nextLong(1L << 50);
        long lots = 1 + random.nextLong(1L << 50);
        long checksum = random.nextLong(1L << 32);
        switch (random.nextInt(5)) {
            case 0 -> {
                writer.price(A, sequence, time, price, lots);
                expected.price(1, sequence, time, price, lots);
            }
            case 1 -> {
                Trade trade = new Trade(sequence, random.nextBoolean() ? Side.BUY : Side.SELL, price, lots, time);
                writer.trade(A, sequence, trade);
                expected.trade(1, sequence, trade);
            }
            case 2 -> {
                BookSnapshot book = new BookSnapshot(
                        delta(random, 1).bids(), delta(random, 1).asks());
                writer.book(A, sequence, checksum, 50, book, time);
                expected.book(1, sequence, checksum, 50, book, time);
            }
            case 3 -> {
                BookDelta delta = delta(random, 0);
                writer.bookDelta(A, sequence, sequence + 1, checksum, 0, delta, time);
                expected.bookDelta(1, sequence, sequence + 1, checksum, 0, delta, time);
            }
            default -> {
                Channel channel = Channel.values()[random.nextInt(3)];
                writer.skipped(A, channel, sequence, sequence + 7, time);
                expected.skipped(1, channel, sequence, sequence + 7, time);
            }
        }
    }

    private static BookDelta delta(Random random, int lotsMin) {
        BookChanges changes = new BookChanges();
        for (int n = random.nextInt(12); n > 0; n--) {
            Side side = random.nextBoolean() ? Side.BUY : Side.SELL;
            changes.put(side, 1 + random.nextInt(100), lotsMin + random.nextInt(3));
        }
        return changes.take();
    }
}
