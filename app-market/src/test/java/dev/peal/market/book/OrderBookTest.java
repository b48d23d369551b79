package dev.peal.market.book;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.market.Seeded;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OrderBookTest {
    private static final int CHANGES = Seeded.count(100_000, 1_000_000);

    @Test
    void theBestLevelsComeFirst() {
        OrderBook book = new OrderBook();
        book.set(Side.BUY, 99, 1);
        book.set(Side.BUY, 100, 2);
        book.set(Side.SELL, 103, 3);
        book.set(Side.SELL, 102, 4);
        assertThat(book.top(1)).isEqualTo(new BookSnapshot(Levels.of(100, 2), Levels.of(102, 4)));
        assertThat(book.snapshot()).isEqualTo(new BookSnapshot(Levels.of(100, 2, 99, 1), Levels.of(102, 4, 103, 3)));
    }

    @Test
    void aSizeOfZeroRemovesALevelAndOneThatIsNotThereIsHarmless() {
        OrderBook book = new OrderBook();
        book.set(Side.BUY, 100, 2);
        book.set(Side.BUY, 101, 0);
        book.set(Side.BUY, 100, 0);
        assertThat(book.snapshot()).isEqualTo(BookSnapshot.EMPTY);
        assertThat(book.lotsAt(Side.BUY, 100)).isZero();
    }

    @Test
    void aWholeBookReplacesWhatWasThere() {
        OrderBook book = new OrderBook();
        book.set(Side.BUY, 100, 2);
        book.set(Side.SELL, 101, 2);
        BookSnapshot whole = new BookSnapshot(Levels.of(50, 1, 49, 2), Levels.of(60, 3));
        book.replace(whole);
        assertThat(book.snapshot()).isEqualTo(whole);
    }

    @Test
    void itEqualsAPlainReferenceBookAfterEveryChange() {
        Seeded.run(random -> {
            OrderBook book = new OrderBook();
            ReferenceBook reference = new ReferenceBook();
            for (int i = 0; i < CHANGES; i++) {
                Side side = random.nextBoolean() ? Side.BUY : Side.SELL;
                long price = price(random, side);
                long lots = random.nextInt(3) == 0 ? 0 : 1 + random.nextInt(1000);
                book.set(side, price, lots);
                reference.set(side, price, lots);
                assertThat(book.snapshot()).isEqualTo(reference.snapshot());
                assertThat(book.crossed()).isEqualTo(reference.crossed());
            }
        });
    }

    @Test
    void whatItForeseesOfADeltaIsWhatComesOfIt() {
        Seeded.run(random -> {
            OrderBook book = new OrderBook();
            for (int i = 0; i < CHANGES; i++) {
                BookDelta delta = BookDeltaTest.delta(random, 6);
                boolean crossed = book.crossedAfter(delta);
                int bids = book.sizeAfter(Side.BUY, delta);
                int asks = book.sizeAfter(Side.SELL, delta);
                book.apply(delta);
                assertThat(crossed).isEqualTo(book.crossed());
                assertThat(bids).isEqualTo(book.size(Side.BUY));
                assertThat(asks).isEqualTo(book.size(Side.SELL));
            }
        });
    }

    /** Now and then on the other side, so that books cross too; and far more levels than the arrays have at first, with some far away. */
    private static long price(Random random, Side side) {
        long distance = random.nextInt(50) == 0 ? random.nextInt(1_000_000) : random.nextInt(120) - 2;
        return side == Side.BUY ? 2_000_000 - distance : 2_000_001 + distance;
    }
}
