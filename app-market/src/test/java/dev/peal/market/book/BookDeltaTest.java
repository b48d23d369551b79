package dev.peal.market.book;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.market.Seeded;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BookDeltaTest {
    private static final int DELTAS = Seeded.count(50_000, 500_000);

    @Test
    void aMergedDeltaHasTheNewestSizeOfEachLevel() {
        BookDelta first = new BookDelta(Levels.of(100, 1, 98, 5), Levels.of(101, 7));
        BookDelta second = new BookDelta(Levels.of(100, 0, 99, 3), Levels.NONE);
        assertThat(first.merge(second)).isEqualTo(new BookDelta(Levels.of(100, 0, 99, 3, 98, 5), Levels.of(101, 7)));
    }

    @Test
    void applyingMergedDeltasEqualsApplyingOneByOne() {
        Seeded.run(random -> {
            OrderBook one = new OrderBook();
            ReferenceBook other = new ReferenceBook();
            for (int i = 0; i < DELTAS; ) {
                BookDelta merged = BookDelta.NONE;
                for (int n = 1 + random.nextInt(8); n > 0; n--, i++) {
                    BookDelta delta = delta(random, 5);
                    other.apply(delta);
                    merged = merged.merge(delta);
                }
                one.apply(merged);
                assertThat(one.snapshot()).isEqualTo(other.snapshot());
                one.apply(merged);
                assertThat(one.snapshot()).as("applied twice").isEqualTo(other.snapshot());
            }
        });
    }

    @Test
    void mergingIsAssociative() {
        Seeded.run(random -> {
            for (int i = 0; i < DELTAS; i++) {
                BookDelta a = delta(random, 5);
                BookDelta b = delta(random, 5);
                BookDelta c = delta(random, 5);
                assertThat(a.merge(b).merge(c)).isEqualTo(a.merge(b.merge(c)));
            }
        });
    }

    @Test
    void changesGatherIntoTheDeltaThatMergingThemGives() {
        Seeded.run(random -> {
            BookChanges changes = new BookChanges();
            for (int i = 0; i < DELTAS; i++) {
                BookDelta merged = BookDelta.NONE;
                for (int n = random.nextInt(8); n > 0; n--) {
                    Side side = random.nextBoolean() ? Side.BUY : Side.SELL;
                    long price = 90 + random.nextInt(20);
                    long lots = random.nextInt(3);
                    changes.put(side, price, lots);
                    merged = merged.merge(BookDelta.of(side, price, lots));
                }
                assertThat(changes.isEmpty()).isEqualTo(merged.isEmpty());
                assertThat(changes.take()).isEqualTo(merged);
                assertThat(changes.isEmpty()).isTrue();
            }
        });
    }

    @Test
    void theDeltaBetweenTwoBooksMakesOneOfTheOtherAndIsTheSmallest() {
        Seeded.run(random -> {
            for (int i = 0; i < DELTAS; i++) {
                BookSnapshot from = book(random).top(random.nextInt(12));
                BookSnapshot to = book(random).top(random.nextInt(12));
                BookDelta delta = BookDelta.between(from, to);
                OrderBook made = new OrderBook();
                made.replace(from);
                for (Side side : Side.values()) {
                    for (int l = 0; l < delta.levels(side).size(); l++) {
                        assertThat(delta.levels(side).lots(l))
                                .as("a level that is told has changed")
                                .isNotEqualTo(
                                        made.lotsAt(side, delta.levels(side).priceTicks(l)));
                    }
                }
                made.apply(delta);
                assertThat(made.snapshot()).isEqualTo(to);
            }
        });
    }

    @Test
    void equalBooksHaveNothingBetweenThem() {
        BookSnapshot book = new BookSnapshot(Levels.of(100, 1, 99, 1), Levels.of(101, 1));
        assertThat(BookDelta.between(book, book).isEmpty()).isTrue();
        assertThat(BookDelta.between(BookSnapshot.EMPTY, book)).isEqualTo(new BookDelta(book.bids(), book.asks()));
    }

    /** Levels around one price, some of them gone; sides overlap. */
    static BookDelta delta(Random random, int levelsMax) {
        BookChanges changes = new BookChanges();
        for (int n = random.nextInt(levelsMax + 1); n > 0; n--) {
            Side side = random.nextBoolean() ? Side.BUY : Side.SELL;
            changes.put(side, (side == Side.BUY ? 90 : 95) + random.nextInt(12), random.nextInt(4));
        }
        return changes.take();
    }

    private static BookSnapshot book(Random random) {
        OrderBook book = new OrderBook();
        book.apply(delta(random, 30));
        return book.snapshot();
    }
}
