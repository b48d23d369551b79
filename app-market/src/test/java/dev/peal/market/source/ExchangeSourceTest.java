package dev.peal.market.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.peal.market.book.Side;
import dev.peal.market.book.Symbol;
import dev.peal.market.exchange.CancelReason;
import dev.peal.market.exchange.Cancellation;
import dev.peal.market.exchange.EngineLimits;
import dev.peal.market.exchange.OrderType;
import dev.peal.market.exchange.Placement;
import dev.peal.testkit.ManualClock;
import dev.peal.testkit.ManualOwner;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ExchangeSourceTest {
    private static final long MILLI = 1_000_000;
    private static final int ANN = ExchangeSource.FIRST_ACCOUNT;
    private static final int BEN = ANN + 1;

    private final ManualClock clock = new ManualClock();
    private final ManualOwner owner = new ManualOwner(clock);
    private final RecordingSink sink = new RecordingSink();
    private final Told told = new Told();
    private final ExchangeSource exchange =
            new ExchangeSource(Listing.defaults(), new ExchangeConfig(5, 30, 10, EngineLimits.DEFAULT), told);
    private final Symbol btc = exchange.symbols().getFirst();

    @Test
    void booksAreFilledAndSymbolsHaveTradedWhenStartReturns() {
        start();
        assertThat(exchange.symbols()).hasSizeGreaterThanOrEqualTo(3);
        for (Symbol symbol : exchange.symbols()) {
            assertThat(sink.book(symbol).size(Side.BUY)).isGreaterThan(20);
            assertThat(sink.book(symbol).size(Side.SELL)).isGreaterThan(20);
            assertThat(sink.trades(symbol)).hasSizeGreaterThan(30);
        }
        assertThat(sink.newestNanos()).isLessThanOrEqualTo(clock.millis() * MILLI);
    }

    @Test
    void everySymbolTradesEverySecond() {
        start();
        for (int second = 0; second < 30; second++) {
            List<Integer> before = tradeCounts();
            seconds(1);
            List<Integer> after = tradeCounts();
            for (int i = 0; i < before.size(); i++) {
                assertThat(after.get(i)).isGreaterThan(before.get(i));
            }
            assertThat(sink.newestNanos()).isLessThanOrEqualTo(clock.millis() * MILLI);
            assertThat(sink.newestNanos()).isGreaterThan(clock.millis() * MILLI - 1_000 * MILLI);
        }
    }

    @Test
    void theBookThatIsToldIsTheVenues() {
        start();
        seconds(5);
        for (Symbol symbol : exchange.symbols()) {
            for (Side side : Side.values()) {
                assertThat(sink.book(symbol).size(side))
                        .isEqualTo(exchange.venue(symbol).levels(side));
                assertThat(sink.book(symbol).priceTicks(side, 0))
                        .isEqualTo(exchange.venue(symbol).priceTicks(side, 0));
            }
        }
    }

    @Test
    void afterAStandstillNobodyHasTradedMeanwhileButForTheLastSecond() {
        start();
        int before = sink.trades(btc).size();
        clock.advanceMillis(3_600_000);
        owner.runReady();
        assertThat(sink.trades(btc).size() - before).isLessThan(100);
        assertThat(sink.newestNanos()).isGreaterThan(clock.millis() * MILLI - 1_000 * MILLI);
        assertThat(sink.trades(btc).get(before).timeNanos()).isGreaterThan(clock.millis() * MILLI - 1_500 * MILLI);
    }

    @Test
    void timeFollowsAWallClockThatIsSetForwardAndNeverGoesBack() {
        start();
        clock.jumpWallMillis(60_000);
        seconds(1);
        assertThat(sink.newestNanos()).isGreaterThan(clock.millis() * MILLI - 1_000 * MILLI);
        long newest = sink.newestNanos();
        clock.jumpWallMillis(-120_000);
        int trades = sink.trades(btc).size();
        seconds(2);
        assertThat(sink.trades(btc).get(trades).timeNanos()).isGreaterThan(newest - 1_000 * MILLI);
        assertThat(sink.newestNanos()).isGreaterThan(newest);
        assertThat(exchange.nowMillis(btc, clock))
                .as("what is asked for in between is of the same time")
                .isBetween(sink.newestNanos() / MILLI, sink.newestNanos() / MILLI + 1_000);
    }

    @Test
    void whileNobodyLooksItGoesOnFourTimesASecondAndWhoeverComesFindsThePresent() {
        start();
        owner.run(() -> exchange.watched(false));
        assertThat(momentsOfASecond()).isEqualTo(4);
        clock.advanceMillis(200);
        owner.run(() -> exchange.watched(true));
        assertThat(exchange.nowMillis(btc, clock)).isEqualTo(clock.millis());
        assertThat(momentsOfASecond()).isEqualTo(100);
        owner.run(exchange::stop);
        owner.run(() -> exchange.watched(true));
        assertThat(momentsOfASecond()).isZero();
    }

    @Test
    void howOftenItGoesOnChangesNothingOfWhatHappens() {
        start();
        ManualOwner other = new ManualOwner(clock);
        RecordingSink again = new RecordingSink();
        ExchangeSource twin = startTwin(other, again, 10);
        other.run(() -> twin.watched(false));
        for (int i = 0; i < 1_000; i++) {
            seconds(0.01);
            other.runReady();
        }
        assertToldTheSame(again);
    }

    @Test
    void afterStopNothingIsSaid() {
        start();
        owner.run(exchange::stop);
        int before = sink.trades(btc).size();
        seconds(5);
        assertThat(sink.trades(btc)).hasSize(before);
        owner.run(exchange::stop);
        assertThatThrownBy(() -> place(ANN, Side.BUY, OrderType.MARKET, 0, 1))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aPersonsOrderTradesWithTheAgentsAndIsToldToThemAlone() {
        start();
        long best = exchange.venue(btc).priceTicks(Side.SELL, 0);
        assertThat(place(ANN, Side.BUY, OrderType.IMMEDIATE_OR_CANCEL, best, 10))
                .isEqualTo(Placement.FILLED);
        long id = exchange.newestOrderId(btc);
        assertThat(told.lines)
                .containsExactly(
                        "accepted " + id + " of 16: IMMEDIATE_OR_CANCEL BUY 10 at " + best,
                        "fill " + id + " of 16: BUY 10 at " + best + ", left 0, taker");
        assertThat(exchange.venue(btc).accounts().lots(ANN)).isEqualTo(10);
        assertThat(exchange.venue(btc).accounts().cash(ANN)).isEqualTo(-10 * best);
    }

    @Test
    void aPersonsRestingOrderIsFilledByWhoeverComes() {
        start();
        long best = exchange.venue(btc).priceTicks(Side.SELL, 0) - 1;
        assertThat(place(ANN, Side.SELL, OrderType.LIMIT, best, 3)).isEqualTo(Placement.RESTING);
        long id = exchange.newestOrderId(btc);
        told.lines.clear();
        seconds(10);
        assertThat(told.lines).isNotEmpty().allMatch(line -> line.startsWith("fill " + id + " of 16: SELL "));
        assertThat(exchange.venue(btc).accounts().lots(ANN)).isNegative();
    }

    @Test
    void nobodyCancelsAnothersOrder() {
        start();
        place(ANN, Side.BUY, OrderType.LIMIT, 1, 3);
        long id = exchange.newestOrderId(btc);
        assertThat(cancel(id, BEN)).isEqualTo(Cancellation.NOT_YOURS);
        assertThat(cancel(id, ANN)).isEqualTo(Cancellation.CANCELLED);
        assertThat(cancel(id, ANN)).isEqualTo(Cancellation.UNKNOWN_ORDER);
        assertThat(told.lines).last().isEqualTo("cancelled " + id + " of 16: 3 REQUESTED");
    }

    @Test
    void anIdIsThatOfOneOrderOfTheWholeExchange() {
        start();
        Symbol eth = exchange.symbols().get(1);
        place(ANN, Side.BUY, OrderType.LIMIT, 1, 3);
        owner.run(() -> exchange.place(eth, ANN, Side.BUY, OrderType.LIMIT, 1, 3));
        assertThat(exchange.newestOrderId(eth)).isGreaterThan(exchange.newestOrderId(btc));
    }

    @Test
    void anAgentsAccountIsNotForPeople() {
        start();
        assertThatThrownBy(() -> place(0, Side.BUY, OrderType.LIMIT, 1, 1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theSameSeedGivesTheSameMarketWhereverTheClockStands() {
        start();
        RecordingSink again = new RecordingSink();
        startTwin(new ManualOwner(clock), again, 1_000);
        assertToldTheSame(again);
    }

    /** Another exchange of the same seed and the same beginning. */
    private ExchangeSource startTwin(ManualOwner other, RecordingSink again, int stepMillis) {
        ExchangeSource twin = new ExchangeSource(
                Listing.defaults(), new ExchangeConfig(5, 30, stepMillis, EngineLimits.DEFAULT), told);
        other.run(() -> twin.start(other, clock, again));
        return twin;
    }

    private void assertToldTheSame(RecordingSink again) {
        for (Symbol symbol : exchange.symbols()) {
            assertThat(again.book(symbol).snapshot())
                    .isEqualTo(sink.book(symbol).snapshot());
            assertThat(again.trades(symbol)).isEqualTo(sink.trades(symbol));
        }
    }

    private void start() {
        owner.run(() -> exchange.start(owner, clock, sink));
    }

    /** At how many moments of the coming second it says what time it is. */
    private int momentsOfASecond() {
        Set<Long> moments = new HashSet<>();
        long before = exchange.nowMillis(btc, clock);
        for (int i = 0; i < 100; i++) {
            seconds(0.01);
            moments.add(exchange.nowMillis(btc, clock));
        }
        moments.remove(before);
        return moments.size();
    }

    private void seconds(double seconds) {
        for (int i = 0; i < Math.round(seconds * 100); i++) {
            clock.advanceMillis(10);
            owner.runReady();
        }
    }

    private List<Integer> tradeCounts() {
        return exchange.symbols().stream()
                .map(symbol -> sink.trades(symbol).size())
                .toList();
    }

    private Placement place(int account, Side side, OrderType type, long price, long lots) {
        Placement[] placement = new Placement[1];
        owner.run(() -> placement[0] = exchange.place(btc, account, side, type, price, lots));
        return placement[0];
    }

    private Cancellation cancel(long id, int account) {
        Cancellation[] cancellation = new Cancellation[1];
        owner.run(() -> cancellation[0] = exchange.cancel(btc, id, account));
        return cancellation[0];
    }

    private static final class Told implements TraderListener {
        private final List<String> lines = new ArrayList<>();

        @Override
        public void accepted(
                Symbol symbol, long orderId, int account, Side side, OrderType type, long priceTicks, long lots) {
            lines.add("accepted " + orderId + " of " + account + ": " + type + " " + side + " " + lots + " at "
                    + priceTicks);
        }

        @Override
        public void filled(Fill fill) {
            lines.add("fill " + fill.orderId() + " of " + fill.account() + ": " + fill.side() + " " + fill.lots()
                    + " at " + fill.priceTicks() + ", left " + fill.lotsLeft() + ", "
                    + (fill.maker() ? "maker" : "taker"));
        }

        @Override
        public void rested(Symbol symbol, long orderId, int account, long lots) {
            lines.add("rests " + orderId + " of " + account + ": " + lots);
        }

        @Override
        public void cancelled(Symbol symbol, long orderId, int account, long lots, CancelReason reason) {
            lines.add("cancelled " + orderId + " of " + account + ": " + lots + " " + reason);
        }
    }
}
