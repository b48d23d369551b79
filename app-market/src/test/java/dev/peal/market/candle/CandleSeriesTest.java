package dev.peal.market.candle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.market.Seeded;
import dev.peal.market.book.Side;
import dev.peal.market.book.Trade;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CandleSeriesTest {
    private static final int TRADES = Seeded.count(100_000, 1_000_000);

    private final CandleSeries minutes = new CandleSeries(CandleInterval.MINUTE, 3);

    @Test
    void aCandleHasTheFirstTheLastTheHighestAndTheLowestPriceAndTheSum() {
        minutes.add(trade(60_000, 10, 1));
        minutes.add(trade(61_000, 14, 2));
        minutes.add(trade(118_999, 8, 3));
        assertThat(minutes.add(trade(119_999, 12, 4)))
                .contains(new Candle(CandleInterval.MINUTE, 60_000, 10, 14, 8, 12, 10, 4));
        assertThat(minutes.size()).isEqualTo(1);
    }

    @Test
    void aMinuteWithoutTradesHasNoCandle() {
        minutes.add(trade(0, 10, 1));
        minutes.add(trade(180_000, 11, 1));
        assertThat(minutes.before(Long.MAX_VALUE, 10))
                .extracting(Candle::startMillis)
                .containsExactly(0L, 180_000L);
    }

    @Test
    void onlyTheNewestAreKept() {
        for (int minute = 0; minute < 10; minute++) {
            minutes.add(trade(minute * 60_000L, 10, 1));
        }
        assertThat(minutes.before(Long.MAX_VALUE, 10))
                .extracting(Candle::startMillis)
                .containsExactly(420_000L, 480_000L, 540_000L);
    }

    @Test
    void aTradeThatComesLateGoesIntoTheCandleOfItsTime() {
        minutes.add(trade(60_000, 10, 1));
        minutes.add(trade(180_000, 10, 1));
        assertThat(minutes.add(trade(60_500, 15, 2)))
                .contains(new Candle(CandleInterval.MINUTE, 60_000, 10, 15, 10, 15, 3, 2));
        assertThat(minutes.add(trade(120_000, 9, 1)))
                .contains(new Candle(CandleInterval.MINUTE, 120_000, 9, 9, 9, 9, 1, 1));
        assertThat(minutes.before(Long.MAX_VALUE, 10))
                .extracting(Candle::startMillis)
                .containsExactly(60_000L, 120_000L, 180_000L);
    }

    @Test
    void aTradeOlderThanAllThatIsKeptIsLeftOut() {
        for (int minute = 5; minute < 8; minute++) {
            minutes.add(trade(minute * 60_000L, 10, 1));
        }
        assertThat(minutes.add(trade(0, 10, 1))).isEmpty();
        assertThat(minutes.size()).isEqualTo(3);
    }

    @Test
    void theNewestCandleIsClosedOnceAndOnlyAfterItEnded() {
        assertThat(minutes.close(Long.MAX_VALUE)).isEmpty();
        Candle candle = minutes.add(trade(60_000, 10, 1)).orElseThrow();
        assertThat(minutes.close(119_999)).isEmpty();
        assertThat(minutes.closed(candle)).isFalse();
        assertThat(minutes.close(120_000)).contains(candle);
        assertThat(minutes.closed(candle)).isTrue();
        assertThat(minutes.close(120_000)).isEmpty();
        minutes.add(trade(120_000, 10, 1));
        assertThat(minutes.close(180_000)).isPresent();
    }

    @Test
    void aPageEndsBeforeAMomentAndHasTheNewest() {
        for (int minute = 0; minute < 3; minute++) {
            minutes.add(trade(minute * 60_000L, 10, 1));
        }
        assertThat(minutes.before(120_000, 1)).extracting(Candle::startMillis).containsExactly(60_000L);
        assertThat(minutes.before(120_001, 1)).extracting(Candle::startMillis).containsExactly(120_000L);
        assertThat(minutes.before(0, 10)).isEmpty();
        assertThat(minutes.before(Long.MAX_VALUE, 0)).isEmpty();
        assertThat(minutes.before(Long.MAX_VALUE, -1)).isEmpty();
    }

    @Test
    void aVolumeThatIsTooLargeStandsAtTheLargestNumber() {
        minutes.add(trade(0, 10, Long.MAX_VALUE));
        assertThat(minutes.add(trade(0, 10, 5)).orElseThrow().volumeLots()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void candlesOfRandomTradesAreThoseMadeThePlainWay() {
        Seeded.run(random -> {
            for (int done = 0; done < TRADES; ) {
                int kept = 1 + random.nextInt(90);
                CandleSeries series = new CandleSeries(CandleInterval.SECOND, kept);
                List<Trade> trades = trades(random, 1 + random.nextInt(2_000));
                trades.forEach(series::add);
                List<Candle> expected = PlainCandles.of(CandleInterval.SECOND, trades);
                List<Candle> newest = expected.subList(Math.max(0, expected.size() - kept), expected.size());
                assertThat(series.before(Long.MAX_VALUE, Integer.MAX_VALUE)).isEqualTo(newest);
                done += trades.size();
            }
        });
    }

    @Test
    void candlesOfTradesThatComeInAnyOrderAreThoseMadeThePlainWay() {
        Seeded.run(random -> {
            for (int done = 0; done < TRADES / 10; ) {
                List<Trade> trades = trades(random, 1 + random.nextInt(300));
                Collections.shuffle(trades, random);
                CandleSeries series = new CandleSeries(CandleInterval.SECOND, 1_000);
                trades.forEach(series::add);
                assertThat(series.before(Long.MAX_VALUE, Integer.MAX_VALUE))
                        .isEqualTo(PlainCandles.of(CandleInterval.SECOND, trades));
                done += trades.size();
            }
        });
    }

    private static List<Trade> trades(Random random, int count) {
        List<Trade> trades = new ArrayList<>();
        long time = random.nextInt(10_000_000);
        for (int i = 0; i < count; i++) {
            time += random.nextInt(4) == 0 ? random.nextInt(5_000) : random.nextInt(100);
            trades.add(trade(time, 1 + random.nextInt(1_000), 1 + random.nextInt(100)));
        }
        return trades;
    }

    static Trade trade(long timeMillis, long price, long lots) {
        return new Trade(1, Side.BUY, price, lots, timeMillis * 1_000_000);
    }
}
