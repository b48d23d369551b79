package dev.peal.market.candle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.market.Vectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Candles as the golden vectors say. */
class CandleVectorsTest {
    @TestFactory
    Stream<DynamicTest> tradesMakeTheseCandles() {
        return Vectors.of("candles", vector -> {
            CandleInterval interval =
                    CandleInterval.ofWire(vector.get("interval").stringValue()).orElseThrow();
            CandleSeries series = new CandleSeries(interval);
            vector.get("trades")
                    .forEach(trade -> series.add(CandleSeriesTest.trade(
                            trade.get("timestamp").longValue(),
                            trade.get("priceTicks").longValue(),
                            trade.get("lots").longValue())));
            assertThat(series.before(Long.MAX_VALUE, 100))
                    .isEqualTo(StreamSupport.stream(vector.get("candles").spliterator(), false)
                            .map(candle -> new Candle(
                                    interval,
                                    candle.get("start").longValue(),
                                    candle.get("open").longValue(),
                                    candle.get("high").longValue(),
                                    candle.get("low").longValue(),
                                    candle.get("close").longValue(),
                                    candle.get("volume").longValue(),
                                    candle.get("trades").longValue()))
                            .toList());
        });
    }
}
