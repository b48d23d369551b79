package dev.peal.market.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.peal.market.Seeded;
import dev.peal.market.book.BookChecksum;
import dev.peal.market.book.BookDelta;
import dev.peal.market.book.BookSnapshot;
import dev.peal.market.book.Levels;
import dev.peal.market.book.OrderBook;
import dev.peal.market.book.Side;
import dev.peal.market.book.Symbol;
import dev.peal.market.book.Trade;
import dev.peal.market.candle.CandleInterval;
import dev.peal.testkit.ManualClock;
import dev.peal.testkit.ManualOwner;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MarketTest {
    private static final Symbol A = Symbol.of("A", 1, "0.01", "1");
    private static final Symbol B = Symbol.of("B", 2, "0.01", "1");
    private static final long SECOND = 1_000_000_000L;
    private static final int EVENTS = Seeded.count(100_000, 1_000_000);

    private final ManualClock clock = new ManualClock();
    private final ManualOwner owner = new ManualOwner(clock);
    private final List<MarketChange> changes = new ArrayList<>();
    private final Market market = new Market(List.of(A, B), owner, changes::add);

    @Test
    void whatHappensWithinAnIterationIsHandedOnOncePerSymbol() {
        owner.execute(() -> {
            market.bookChanged(A, BookDelta.of(Side.BUY, 100, 5), 1);
            market.traded(A, trade(1, 100, 2, 2));
            market.bookChanged(A, BookDelta.of(Side.BUY, 100, 3), 3);
            market.bookChanged(B, BookDelta.of(Side.SELL, 7, 1), 4);
        });
        owner.iterate();
        assertThat(changes).hasSize(2);
        BookSnapshot book = new BookSnapshot(Levels.of(100, 3), Levels.NONE);
        MarketChange change = changes.get(0);
        assertThat(change.symbol()).isEqualTo(A);
        assertThat(change.book())
                .contains(new BookUpdate(0, 2, BookDelta.of(Side.BUY, 100, 3), book, new BookChecksum(A).of(book), 3));
        assertThat(change.trades()).contains(new TradesUpdate(1, List.of(trade(1, 100, 2, 2))));
        assertThat(change.price()).contains(new PriceUpdate(0, 1, 100, 2, 2));
        assertThat(change.candles()).hasSize(4);
        assertThat(changes.get(1).symbol()).isEqualTo(B);
        assertThat(changes.get(1).trades()).isEmpty();
        assertThat(changes.get(1).price()).isEmpty();
    }

    @Test
    void anIterationInWhichNothingHappensHandsOnNothing() {
        owner.execute(() -> {});
        owner.runReady();
        assertThat(changes).isEmpty();
    }

    @Test
    void everyChannelCountsByItself() {
        run(() -> market.priced(A, 99, 1));
        run(() -> market.traded(A, trade(1, 100, 2, 2)));
        run(() -> market.bookChanged(A, BookDelta.of(Side.BUY, 100, 3), 3));
        assertThat(changes.get(0).price()).contains(new PriceUpdate(0, 1, 99, 0, 1));
        assertThat(changes.get(1).price()).contains(new PriceUpdate(1, 2, 100, 2, 2));
        assertThat(changes.get(1).trades().orElseThrow().firstSequence()).isEqualTo(1);
        assertThat(changes.get(2).book().orElseThrow().sequence()).isEqualTo(1);
        assertThat(changes.get(2).price()).isEmpty();
    }

    @Test
    void aBookThatIsReplacedIsToldAsWhatChanged() {
        run(() -> market.bookChanged(A, new BookDelta(Levels.of(100, 3, 99, 1), Levels.of(101, 1)), 1));
        run(() -> market.bookReplaced(A, new BookSnapshot(Levels.of(99, 1), Levels.of(100, 2)), 2));
        assertThat(changes.get(1).book().orElseThrow().delta())
                .isEqualTo(new BookDelta(Levels.of(100, 0), Levels.of(100, 2, 101, 0)));
    }

    @Test
    void aFollowerThatBeginsWithAViewAndAppliesEveryChangeHasTheMarket() {
        Seeded.run(random -> {
            changes.clear();
            Follower follower = new Follower();
            OrderBook truth = new OrderBook();
            long trades = 0;
            for (int i = 0; i < EVENTS; i++) {
                int what = random.nextInt(40);
                if (what == 0) {
                    owner.runReady();
                    follower.followAll(changes);
                    assertThat(follower.book.snapshot()).isEqualTo(truth.snapshot());
                } else if (what == 1) {
                    owner.run(() -> follower.begin(market.view(A)));
                    changes.clear();
                } else if (what < 10) {
                    Trade trade = trade(++trades, 1 + random.nextInt(100), 1, i);
                    owner.run(() -> market.traded(A, trade));
                } else {
                    Side side = random.nextBoolean() ? Side.BUY : Side.SELL;
                    long price = side == Side.BUY ? 100 - random.nextInt(30) : 101 + random.nextInt(30);
                    BookDelta delta = BookDelta.of(side, price, random.nextInt(3));
                    truth.apply(delta);
                    long now = i;
                    owner.run(() -> market.bookChanged(A, delta, now));
                }
            }
        });
    }

    @Test
    void aViewHandsOnWhatChangedFirstSoThatNothingComesTwice() {
        owner.run(() -> {
            market.traded(A, trade(1, 100, 2, 2));
            assertThat(market.view(A).tradeSequence()).isEqualTo(1);
            assertThat(changes).hasSize(1);
        });
        owner.runReady();
        assertThat(changes).hasSize(1);
    }

    @Test
    void aViewOfASymbolThatNeverTradedIsEmpty() {
        owner.run(() -> {
            SymbolView view = market.view(A);
            assertThat(view.book()).isEqualTo(BookSnapshot.EMPTY);
            assertThat(view.bookSequence()).isZero();
            assertThat(view.bookChecksum()).isZero();
            assertThat(view.price()).isEqualTo(Optional.empty());
            assertThat(view.lastTrade()).isEqualTo(Optional.empty());
            assertThat(market.ticker(A, 0)).isEmpty();
        });
    }

    @Test
    void aSourceThatTellsOfThousandsAtOnceDoesNotMakeOneChangeOfAll() {
        owner.run(() -> {
            for (int i = 1; i <= 5_000; i++) {
                market.traded(A, trade(i, 100, 1, i));
            }
        });
        owner.runReady();
        long sum = 0;
        for (MarketChange change : changes) {
            TradesUpdate trades = change.trades().orElseThrow();
            assertThat(trades.firstSequence()).isEqualTo(sum + 1);
            assertThat(trades.trades()).hasSizeLessThanOrEqualTo(Market.TRADES_GATHERED_MAX);
            sum += trades.trades().size();
        }
        assertThat(sum).isEqualTo(5_000);
    }

    @Test
    void theNewestTradesAreKeptToBeAskedFor() {
        owner.run(() -> {
            for (int i = 1; i <= 1_500; i++) {
                market.traded(A, trade(i, 100, 1, i));
            }
            assertThat(market.lastTrades(A, 2)).extracting(Trade::tradeId).containsExactly(1_499L, 1_500L);
            assertThat(market.lastTrades(A, 10_000)).hasSize(LiveSymbol.TRADES_KEPT);
            assertThat(market.lastTrades(A, 0)).isEmpty();
            assertThat(market.lastTrades(A, -5)).isEmpty();
        });
    }

    @Test
    void aCandleIsToldAsClosedByTheNextTradeOrByTime() {
        run(() -> market.traded(A, trade(1, 100, 1, SECOND)));
        assertThat(candles(0)).containsExactly("1s 1000 open", "1m 0 open", "5m 0 open", "1h 0 open");
        run(() -> market.traded(A, trade(2, 101, 1, 2 * SECOND)));
        assertThat(candles(1)).containsExactly("1s 1000 closed", "1s 2000 open", "1m 0 open", "5m 0 open", "1h 0 open");
        run(() -> market.tick(A, 60_000));
        assertThat(candles(2)).containsExactly("1s 2000 closed", "1m 0 closed");
        run(() -> market.tick(A, 61_000));
        assertThat(changes).hasSize(3);
        run(() -> market.traded(A, trade(3, 102, 1, 59 * SECOND)));
        assertThat(candles(3)).containsExactly("1s 59000 open", "1m 0 closed", "5m 0 open", "1h 0 open");
        owner.run(() -> assertThat(market.candles(A, CandleInterval.MINUTE, Long.MAX_VALUE, 10))
                .hasSize(1));
    }

    @Test
    void symbolsHaveNamesAndIdsOfTheirOwn() {
        assertThat(market.symbol("A")).contains(A);
        assertThat(market.symbol("C")).isEmpty();
        assertThat(market.symbols()).containsExactly(A, B);
        Symbol sameId = Symbol.of("C", 1, "0.01", "1");
        Symbol sameName = Symbol.of("A", 3, "0.01", "1");
        assertThatThrownBy(() -> new Market(List.of(A, sameId), owner, changes::add))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Market(List.of(A, sameName), owner, changes::add))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> owner.run(() -> market.priced(sameId, 1, 1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private void run(Runnable task) {
        owner.execute(task);
        owner.iterate();
    }

    private List<String> candles(int change) {
        return changes.get(change).candles().stream()
                .map(update -> update.candle().interval().wire() + " "
                        + update.candle().startMillis() + (update.closed() ? " closed" : " open"))
                .toList();
    }

    private static Trade trade(long id, long price, long lots, long nanos) {
        return new Trade(id, Side.BUY, price, lots, nanos);
    }

    /** What a reader does: sequences go on from each other, and the checksum is that of its own book. */
    private static final class Follower {
        private final OrderBook book = new OrderBook();
        private final BookChecksum checksum = new BookChecksum(A);
        private long bookSequence;
        private long tradeSequence;
        private long priceSequence;

        private void begin(SymbolView view) {
            book.replace(view.book());
            bookSequence = view.bookSequence();
            tradeSequence = view.tradeSequence();
            priceSequence = view.price().map(PriceUpdate::sequence).orElse(0L);
            assertThat(checksum.of(book)).isEqualTo(view.bookChecksum());
        }

        private void followAll(List<MarketChange> changes) {
            changes.forEach(this::follow);
            changes.clear();
        }

        private void follow(MarketChange change) {
            change.book().ifPresent(update -> {
                assertThat(update.previous()).isEqualTo(bookSequence);
                book.apply(update.delta());
                bookSequence = update.sequence();
                assertThat(book.top(10)).isEqualTo(update.top());
                assertThat(checksum.of(book)).isEqualTo(update.checksum());
            });
            change.trades().ifPresent(update -> {
                assertThat(update.firstSequence()).isEqualTo(tradeSequence + 1);
                tradeSequence += update.trades().size();
            });
            change.price().ifPresent(update -> {
                assertThat(update.previous()).isEqualTo(priceSequence);
                priceSequence = update.sequence();
            });
        }
    }
}
