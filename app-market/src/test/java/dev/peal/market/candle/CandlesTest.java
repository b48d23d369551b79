package dev.peal.market.candle;

import static dev.peal.market.candle.CandleSeriesTest.trade;
import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.market.Seeded;
import dev.peal.market.book.Trade;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CandlesTest {
    private static final long MINUTE = 60_000;
    private static final long DAY = 24 * 60 * MINUTE;

    private final Candles candles = new Candles();

    @Test
    void aTradeIsInACandleOfEveryInterval() {
        List<Candle> changed = new ArrayList<>();
        candles.add(trade(3_723_456, 10, 2), changed::add);
        assertThat(changed)
                .extracting(candle -> candle.interval().wire() + " " + candle.startMillis())
                .containsExactly("1s 3723000", "1m 3720000", "5m 3600000", "1h 3600000");
    }

    @Test
    void everyIntervalHasANameOnTheWireAndNoOther() {
        for (CandleInterval interval : CandleInterval.values()) {
            assertThat(CandleInterval.ofWire(interval.wire())).contains(interval);
        }
        assertThat(CandleInterval.ofWire("1d")).isEmpty();
        assertThat(CandleInterval.ofWire("MINUTE")).isEmpty();
    }

    @Test
    void withoutATradeThereAreNoStatistics() {
        assertThat(candles.ticker(DAY)).isEmpty();
    }

    @Test
    void theStatisticsAreThoseOfTheLast1440Minutes() {
        add(trade(MINUTE - 1, 99, 7));
        add(trade(MINUTE, 10, 1));
        add(trade(2 * MINUTE, 14, 2));
        add(trade(DAY, 12, 4));
        assertThat(candles.ticker(DAY + 5)).contains(new Ticker(12, 10, 14, 10, 7, 3, DAY + 5));
        assertThat(candles.ticker(DAY + 5).orElseThrow().changeTicks()).isEqualTo(2);
        assertThat(candles.ticker(DAY + MINUTE)).contains(new Ticker(12, 14, 14, 12, 6, 2, DAY + MINUTE));
    }

    @Test
    void aSymbolThatDidNotTradeForADayKeepsItsLastPrice() {
        add(trade(0, 10, 1));
        add(trade(1, 12, 1));
        assertThat(candles.ticker(2 * DAY)).contains(new Ticker(12, 12, 12, 12, 0, 0, 2 * DAY));
    }

    @Test
    void theStatisticsOfRandomTradesAreThoseMadeThePlainWay() {
        Seeded.run(random -> {
            List<Trade> trades = new ArrayList<>();
            long time = 0;
            for (int i = 0; i < 3_000; i++) {
                time += random.nextInt((int) (3 * MINUTE));
                Trade trade = trade(time, 1 + random.nextInt(1_000), 1 + random.nextInt(100));
                trades.add(trade);
                add(trade);
                if (i % 10 == 0) {
                    long from = time / MINUTE * MINUTE - 1_439 * MINUTE;
                    List<Trade> day =
                            trades.stream().filter(t -> t.timeMillis() >= from).toList();
                    assertThat(candles.ticker(time))
                            .contains(new Ticker(
                                    trade.priceTicks(),
                                    day.getFirst().priceTicks(),
                                    day.stream()
                                            .mapToLong(Trade::priceTicks)
                                            .max()
                                            .orElseThrow(),
                                    day.stream()
                                            .mapToLong(Trade::priceTicks)
                                            .min()
                                            .orElseThrow(),
                                    day.stream().mapToLong(Trade::lots).sum(),
                                    day.size(),
                                    time));
                }
            }
        });
    }

    private void add(Trade trade) {
        candles.add(trade, changed -> {});
    }
}
