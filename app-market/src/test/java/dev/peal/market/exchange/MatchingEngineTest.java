package dev.peal.market.exchange;

import static dev.peal.market.book.Side.BUY;
import static dev.peal.market.book.Side.SELL;
import static dev.peal.market.exchange.OrderType.IMMEDIATE_OR_CANCEL;
import static dev.peal.market.exchange.OrderType.LIMIT;
import static dev.peal.market.exchange.OrderType.MARKET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.peal.market.book.BookSnapshot;
import dev.peal.market.book.Levels;
import dev.peal.market.book.Side;
import org.junit.jupiter.api.Test;

class MatchingEngineTest {
    private static final int ANN = 1;
    private static final int BEN = 2;
    private static final int EVE = 3;

    private final EventLog log = new EventLog();
    private final MatchingEngine engine = new MatchingEngine(new EngineLimits(8, 4, 1_000, 100), log);
    private long ids;

    @Test
    void anOrderThatMeetsNobodyRestsInTheBook() {
        assertThat(place(ANN, BUY, LIMIT, 99, 5)).isEqualTo(Placement.RESTING);
        assertThat(log.take())
                .containsExactly(
                        "accepted #1 of 1: LIMIT BUY 5 at 99", "rests #1 of 1: BUY 5 at 99", "BUY level 99: 5");
        assertThat(engine.lotsLeft(1)).isEqualTo(5);
    }

    @Test
    void aTradeIsAtThePriceOfTheOrderThatWasThere() {
        place(ANN, SELL, LIMIT, 101, 5);
        log.take();
        assertThat(place(BEN, BUY, LIMIT, 110, 5)).isEqualTo(Placement.FILLED);
        assertThat(log.take())
                .containsExactly(
                        "accepted #2 of 2: LIMIT BUY 5 at 110",
                        "#2 of 2 BUY 5 at 101 from #1 of 1, left 0 and 0",
                        "SELL level 101: 0");
        assertThat(engine.snapshot()).isEqualTo(BookSnapshot.EMPTY);
    }

    @Test
    void theBestPriceTradesFirstAndAtOnePriceTheOldestOrder() {
        place(ANN, SELL, LIMIT, 102, 5);
        place(BEN, SELL, LIMIT, 101, 2);
        place(ANN, SELL, LIMIT, 101, 2);
        log.take();
        place(EVE, BUY, LIMIT, 102, 7);
        assertThat(log.take())
                .containsExactly(
                        "accepted #4 of 3: LIMIT BUY 7 at 102",
                        "#4 of 3 BUY 2 at 101 from #2 of 2, left 5 and 0",
                        "#4 of 3 BUY 2 at 101 from #3 of 1, left 3 and 0",
                        "SELL level 101: 0",
                        "#4 of 3 BUY 3 at 102 from #1 of 1, left 0 and 2",
                        "SELL level 102: 2");
    }

    @Test
    void anOrderThatIsPartlyTradedKeepsItsPlaceInTheQueue() {
        place(ANN, BUY, LIMIT, 99, 5);
        place(BEN, BUY, LIMIT, 99, 5);
        place(EVE, SELL, MARKET, 0, 2);
        log.take();
        place(EVE, SELL, MARKET, 0, 4);
        assertThat(log.take())
                .contains(
                        "#4 of 3 SELL 3 at 99 from #1 of 1, left 1 and 0",
                        "#4 of 3 SELL 1 at 99 from #2 of 2, left 0 and 4");
    }

    @Test
    void whatALimitOrderDoesNotTradeRestsAtItsOwnPrice() {
        place(ANN, SELL, LIMIT, 101, 2);
        assertThat(place(BEN, BUY, LIMIT, 103, 5)).isEqualTo(Placement.RESTING);
        assertThat(engine.snapshot()).isEqualTo(new BookSnapshot(Levels.of(103, 3), Levels.NONE));
    }

    @Test
    void anImmediateOrderTakesWhatIsThereAtItsPriceAndNoMore() {
        place(ANN, SELL, LIMIT, 101, 2);
        place(ANN, SELL, LIMIT, 102, 2);
        log.take();
        assertThat(place(BEN, BUY, IMMEDIATE_OR_CANCEL, 101, 5)).isEqualTo(Placement.EXPIRED);
        assertThat(log.take())
                .containsExactly(
                        "accepted #3 of 2: IMMEDIATE_OR_CANCEL BUY 5 at 101",
                        "#3 of 2 BUY 2 at 101 from #1 of 1, left 3 and 0",
                        "SELL level 101: 0",
                        "cancelled #3 of 2: 3 EXPIRED");
        assertThat(engine.snapshot()).isEqualTo(new BookSnapshot(Levels.NONE, Levels.of(102, 2)));
    }

    @Test
    void aMarketOrderTradesAtAnyPriceAndNeverRests() {
        place(ANN, SELL, LIMIT, 1_000, 2);
        assertThat(place(BEN, BUY, MARKET, 0, 5)).isEqualTo(Placement.EXPIRED);
        assertThat(engine.snapshot()).isEqualTo(BookSnapshot.EMPTY);
        place(ANN, BUY, LIMIT, 1, 2);
        assertThat(place(BEN, SELL, MARKET, 0, 2)).isEqualTo(Placement.FILLED);
    }

    @Test
    void aMarketOrderInAnEmptyBookIsGivenUp() {
        assertThat(place(ANN, BUY, MARKET, 0, 5)).isEqualTo(Placement.EXPIRED);
        assertThat(log.take()).containsExactly("accepted #1 of 1: MARKET BUY 5 at 0", "cancelled #1 of 1: 5 EXPIRED");
    }

    @Test
    void theNewerOrderGoesBeforeAnAccountTradesWithItself() {
        place(BEN, SELL, LIMIT, 101, 2);
        place(ANN, SELL, LIMIT, 101, 2);
        place(BEN, SELL, LIMIT, 102, 2);
        log.take();
        assertThat(place(ANN, BUY, LIMIT, 105, 9)).isEqualTo(Placement.SELF_TRADE);
        assertThat(log.take())
                .containsExactly(
                        "accepted #4 of 1: LIMIT BUY 9 at 105",
                        "#4 of 1 BUY 2 at 101 from #1 of 2, left 7 and 0",
                        "SELL level 101: 2",
                        "cancelled #4 of 1: 7 SELF_TRADE");
        assertThat(engine.snapshot()).isEqualTo(new BookSnapshot(Levels.NONE, Levels.of(101, 2, 102, 2)));
    }

    @Test
    void anOrderThatIsDoneBeforeItWouldMeetItsOwnAccountIsFilled() {
        place(BEN, SELL, LIMIT, 101, 2);
        place(ANN, SELL, LIMIT, 101, 2);
        assertThat(place(ANN, BUY, MARKET, 0, 2)).isEqualTo(Placement.FILLED);
    }

    @Test
    void anAccountMayHaveOrdersOnBothSides() {
        place(ANN, SELL, LIMIT, 101, 2);
        assertThat(place(ANN, BUY, LIMIT, 100, 2)).isEqualTo(Placement.RESTING);
    }

    @Test
    void aCancelledOrderLeavesTheOthersInTheirOrder() {
        place(ANN, BUY, LIMIT, 99, 1);
        place(BEN, BUY, LIMIT, 99, 2);
        place(ANN, BUY, LIMIT, 99, 3);
        log.take();
        assertThat(engine.cancel(2, BEN)).isEqualTo(Cancellation.CANCELLED);
        assertThat(log.take()).containsExactly("cancelled #2 of 2: 2 REQUESTED", "BUY level 99: 4");
        place(EVE, SELL, MARKET, 0, 4);
        assertThat(log.take())
                .contains(
                        "#4 of 3 SELL 1 at 99 from #1 of 1, left 3 and 0",
                        "#4 of 3 SELL 3 at 99 from #3 of 1, left 0 and 0");
    }

    @Test
    void anotherAccountsOrderCannotBeCancelled() {
        place(ANN, BUY, LIMIT, 99, 1);
        log.take();
        assertThat(engine.cancel(1, EVE)).isEqualTo(Cancellation.NOT_YOURS);
        assertThat(log.take()).isEmpty();
        assertThat(engine.lotsLeft(1)).isEqualTo(1);
    }

    @Test
    void anOrderThatIsNotInTheBookIsUnknown() {
        place(ANN, BUY, LIMIT, 99, 1);
        place(BEN, SELL, LIMIT, 99, 1);
        assertThat(engine.cancel(1, ANN)).isEqualTo(Cancellation.UNKNOWN_ORDER);
        assertThat(engine.cancel(17, ANN)).isEqualTo(Cancellation.UNKNOWN_ORDER);
        assertThat(engine.cancel(0, ANN)).isEqualTo(Cancellation.UNKNOWN_ORDER);
        place(ANN, BUY, LIMIT, 99, 1);
        assertThat(engine.cancel(3, ANN)).isEqualTo(Cancellation.CANCELLED);
        assertThat(engine.cancel(3, ANN)).isEqualTo(Cancellation.UNKNOWN_ORDER);
    }

    @Test
    void whatCannotBeAnOrderIsRefusedAndChangesNothing() {
        assertThat(place(ANN, BUY, LIMIT, 99, 0)).isEqualTo(Placement.SIZE_NOT_POSITIVE);
        assertThat(place(ANN, BUY, LIMIT, 99, -1)).isEqualTo(Placement.SIZE_NOT_POSITIVE);
        assertThat(place(ANN, BUY, LIMIT, 99, 101)).isEqualTo(Placement.SIZE_OVER_LIMIT);
        assertThat(place(ANN, BUY, LIMIT, 0, 1)).isEqualTo(Placement.PRICE_NOT_POSITIVE);
        assertThat(place(ANN, BUY, IMMEDIATE_OR_CANCEL, -1, 1)).isEqualTo(Placement.PRICE_NOT_POSITIVE);
        assertThat(place(ANN, BUY, LIMIT, 1_001, 1)).isEqualTo(Placement.PRICE_OVER_LIMIT);
        assertThat(place(ANN, BUY, LIMIT, Long.MAX_VALUE, Long.MAX_VALUE)).isEqualTo(Placement.SIZE_OVER_LIMIT);
        assertThat(log.take()).isEmpty();
        assertThat(place(ANN, BUY, LIMIT, 1_000, 100)).isEqualTo(Placement.RESTING);
    }

    @Test
    void aBookThatIsFullRefusesWhatWouldRestAndTakesItAgainOnceThereIsRoom() {
        for (int i = 0; i < 8; i++) {
            assertThat(place(ANN, BUY, LIMIT, 90 + i % 4, 1)).isEqualTo(Placement.RESTING);
        }
        assertThat(place(ANN, BUY, LIMIT, 90, 1)).isEqualTo(Placement.BOOK_FULL);
        assertThat(place(BEN, SELL, LIMIT, 100, 1)).isEqualTo(Placement.BOOK_FULL);
        assertThat(place(BEN, SELL, MARKET, 0, 1)).isEqualTo(Placement.FILLED);
        assertThat(place(BEN, SELL, LIMIT, 100, 1)).isEqualTo(Placement.RESTING);
        assertThat(place(BEN, SELL, LIMIT, 100, 1)).isEqualTo(Placement.BOOK_FULL);
    }

    @Test
    void aSideWithAsManyPricesAsItMayHaveTakesNoFurtherOne() {
        for (int i = 0; i < 4; i++) {
            place(ANN, BUY, LIMIT, 90 + i, 1);
        }
        assertThat(place(ANN, BUY, LIMIT, 94, 1)).isEqualTo(Placement.BOOK_FULL);
        assertThat(place(ANN, BUY, LIMIT, 93, 1)).isEqualTo(Placement.RESTING);
        assertThat(place(BEN, SELL, LIMIT, 100, 1)).isEqualTo(Placement.RESTING);
        assertThat(engine.cancel(1, ANN)).isEqualTo(Cancellation.CANCELLED);
        assertThat(place(ANN, BUY, LIMIT, 94, 1)).isEqualTo(Placement.RESTING);
    }

    @Test
    void anIdThatDoesNotRiseIsACallersBug() {
        place(ANN, BUY, LIMIT, 99, 1);
        assertThatThrownBy(() -> engine.place(1, ANN, BUY, LIMIT, 99, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> engine.place(2, -1, BUY, LIMIT, 99, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aListenerThatCallsBackOrThrowsStopsTheEngine() {
        MatchingEngine[] calledBack = new MatchingEngine[1];
        EngineListener callsBack = new Quiet() {
            @Override
            public void rested(long orderId, int account, Side side, long priceTicks, long lots) {
                calledBack[0].cancel(orderId, account);
            }
        };
        calledBack[0] = new MatchingEngine(EngineLimits.DEFAULT, callsBack);
        assertThatThrownBy(() -> calledBack[0].place(1, ANN, BUY, LIMIT, 99, 1))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> calledBack[0].place(2, ANN, BUY, LIMIT, 99, 1))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void limitsUnderWhichASumCouldOverflowAreRefused() {
        assertThatThrownBy(() -> new EngineLimits(8, 8, 1L << 40, 1L << 40))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new EngineLimits(1 << 20, 8, 1, 1L << 50))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new EngineLimits(0, 8, 1, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    private Placement place(int account, Side side, OrderType type, long price, long lots) {
        Placement placement = engine.place(ids + 1, account, side, type, price, lots);
        ids += placement.accepted() ? 1 : 0;
        return placement;
    }

    private abstract static class Quiet implements EngineListener {
        @Override
        public void accepted(long orderId, int account, Side side, OrderType type, long priceTicks, long lots) {}

        @Override
        public void traded(Match match) {}

        @Override
        public void rested(long orderId, int account, Side side, long priceTicks, long lots) {}

        @Override
        public void cancelled(long orderId, int account, long lots, CancelReason reason) {}

        @Override
        public void levelChanged(Side side, long priceTicks, long lots) {}
    }
}
