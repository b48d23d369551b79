package dev.peal.market.agents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.market.Seeded;
import dev.peal.market.book.BookDelta;
import dev.peal.market.book.ReferenceBook;
import dev.peal.market.book.Side;
import dev.peal.market.book.Symbol;
import dev.peal.market.book.Trade;
import dev.peal.market.exchange.CancelReason;
import dev.peal.market.exchange.EngineLimits;
import dev.peal.market.exchange.Match;
import dev.peal.market.exchange.OrderIds;
import dev.peal.market.exchange.OrderType;
import dev.peal.market.exchange.Venue;
import dev.peal.market.exchange.VenueListener;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class CrowdTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long START = 1_795_305_600L * SECOND;
    private static final MarketShape SHAPE = new MarketShape(6_400_000, 500, 0.55, 1);
    private static final int SECONDS = Seeded.count(300, 3_600);

    @Test
    void theSameSeedGivesTheSameMarketInWhateverStepsItGoesOn() {
        Seeded.run(random -> {
            long seed = random.nextLong();
            Tape one = new Tape(seed);
            Tape other = new Tape(seed);
            one.crowd.advanceTo(START + 60 * SECOND);
            for (long now = START; now < START + 60 * SECOND; ) {
                now = Math.min(START + 60 * SECOND, now + random.nextLong(SECOND));
                other.crowd.advanceTo(now);
            }
            assertThat(one.lines).hasSizeGreaterThan(1_000).isEqualTo(other.lines);
        });
    }

    @Test
    void anotherSeedGivesAnotherMarket() {
        Tape one = new Tape(1);
        Tape other = new Tape(2);
        one.crowd.advanceTo(START + 10 * SECOND);
        other.crowd.advanceTo(START + 10 * SECOND);
        assertThat(one.lines).isNotEqualTo(other.lines);
    }

    @Test
    void everySecondHasATradeAndBothSidesOfTheBookAreDeepAndNeverCrossed() {
        Seeded.run(random -> {
            Tape tape = new Tape(random.nextLong());
            tape.crowd.advanceTo(START + 2 * SECOND);
            for (int second = 3; second < SECONDS; second++) {
                int before = tape.trades.size();
                tape.crowd.advanceTo(START + second * SECOND);
                assertThat(tape.trades.size()).as("trades at second " + second).isGreaterThan(before);
                assertThat(tape.venue.levels(Side.BUY)).isGreaterThan(20);
                assertThat(tape.venue.levels(Side.SELL)).isGreaterThan(20);
            }
        });
    }

    @Test
    void evenAMarketInWhichHardlyAnybodyActsTradesEverySecond() {
        Tape tape = new Tape(4, new MarketShape(6_400_000, 500, 0.55, 0.001));
        tape.crowd.advanceTo(START + SECOND);
        for (int second = 2; second < 60; second++) {
            int before = tape.trades.size();
            tape.crowd.advanceTo(START + second * SECOND);
            assertThat(tape.trades.size()).as("trades at second " + second).isGreaterThan(before);
        }
    }

    @Test
    void moneyAndUnitsOfAllAgentsTogetherStayAsTheyWere() {
        Seeded.run(random -> {
            Tape tape = new Tape(random.nextLong());
            tape.crowd.advanceTo(START + 120 * SECOND);
            assertThat(tape.venue.accounts().totalCash()).isZero();
            assertThat(tape.venue.accounts().totalLots()).isZero();
            assertThat(tape.venue.accounts().lots(Crowd.ACCOUNTS)).isZero();
        });
    }

    @Test
    void sizesHaveAHeavyTailAndThePriceMoves() {
        Seeded.run(random -> {
            Tape tape = new Tape(random.nextLong());
            tape.crowd.advanceTo(START + 600 * SECOND);
            long[] sizes = tape.trades.stream().mapToLong(Trade::lots).sorted().toArray();
            assertThat(sizes[sizes.length - 1]).isGreaterThan(10 * sizes[sizes.length / 2]);
            long[] prices = tape.trades.stream().mapToLong(Trade::priceTicks).toArray();
            long low = Arrays.stream(prices).min().orElseThrow();
            long high = Arrays.stream(prices).max().orElseThrow();
            assertThat(high - low).isBetween(6_400_000L / 10_000, 6_400_000L / 10);
        });
    }

    @Test
    void aMarketThatIsTenTimesAsActiveHasManyTimesTheTrades() {
        Tape calm = new Tape(1);
        Tape busy = new Tape(1, new MarketShape(6_400_000, 500, 0.55, 10));
        calm.crowd.advanceTo(START + 60 * SECOND);
        busy.crowd.advanceTo(START + 60 * SECOND);
        assertThat(busy.trades.size()).isGreaterThan(3 * calm.trades.size());
        assertThat(busy.lines.size()).isGreaterThan(4 * calm.lines.size());
    }

    @Test
    void whoeverSweepsTheBookFindsItFilledAgain() {
        Tape tape = new Tape(7);
        tape.crowd.advanceTo(START + 5 * SECOND);
        long now = START + 5 * SECOND;
        for (Side side : Side.values()) {
            while (tape.venue.levels(side.opposite()) > 0) {
                tape.venue.place(now, Crowd.ACCOUNTS, side, OrderType.MARKET, 0, 1_000_000);
            }
            now += 5 * SECOND;
            tape.crowd.advanceTo(now);
            assertThat(tape.venue.levels(side.opposite())).isGreaterThan(20);
        }
    }

    @Test
    void aPauseIsTimeInWhichNobodyDoesAnything() {
        Tape tape = new Tape(3);
        Tape paused = new Tape(3);
        tape.crowd.advanceTo(START + 10 * SECOND);
        paused.crowd.advanceTo(START + 5 * SECOND);
        paused.crowd.pause(3_600 * SECOND);
        int before = paused.trades.size();
        paused.crowd.advanceTo(START + 3_600 * SECOND);
        assertThat(paused.trades).hasSize(before);
        paused.crowd.advanceTo(START + 3_610 * SECOND);
        assertThat(paused.trades.getLast().timeNanos()).isGreaterThan(START + 3_605 * SECOND);
        assertThat(paused.trades.size()).isGreaterThan(before);
    }

    /** What the venue said, as lines, and a book made of it that is never crossed. */
    private static final class Tape implements VenueListener {
        private final List<String> lines = new ArrayList<>();
        private final List<Trade> trades = new ArrayList<>();
        private final ReferenceBook book = new ReferenceBook();
        private final Venue venue;
        private final Crowd crowd;

        Tape(long seed) {
            this(seed, SHAPE);
        }

        Tape(long seed, MarketShape shape) {
            Symbol symbol = Symbol.of("BTC-USD", 1, "0.01", "0.0001");
            venue = new Venue(symbol, EngineLimits.DEFAULT, new OrderIds(), this);
            crowd = new Crowd(venue, shape, seed, START);
        }

        @Override
        public void bookChanged(Venue from, BookDelta delta, long timeNanos) {
            lines.add(timeNanos + " " + delta);
            book.apply(delta);
            assertThat(book.crossed()).isFalse();
        }

        @Override
        public void traded(Venue from, Trade trade, Match match) {
            lines.add(trade.toString());
            trades.add(trade);
        }

        @Override
        public void accepted(Venue from, long id, int account, Side side, OrderType type, long price, long lots) {}

        @Override
        public void rested(Venue from, long id, int account, long lots) {}

        @Override
        public void cancelled(Venue from, long id, int account, long lots, CancelReason reason) {}
    }
}
