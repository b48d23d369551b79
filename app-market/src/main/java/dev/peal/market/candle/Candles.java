package dev.peal.market.candle;

import dev.peal.market.book.Trade;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The candles of one symbol, of every interval. Belongs to one thread. */
public final class Candles {
    private static final long DAY_MINUTES = 24 * 60;

    private final Map<CandleInterval, CandleSeries> series = new EnumMap<>(CandleInterval.class);

    public Candles() {
        for (CandleInterval interval : CandleInterval.values()) {
            series.put(interval, new CandleSeries(interval));
        }
    }

    /** Takes a trade; {@code changed} gets the candle of each interval that it is in now. */
    public void add(Trade trade, Consumer<Candle> changed) {
        for (CandleSeries each : series.values()) {
            each.add(trade).ifPresent(changed);
        }
    }

    /** {@code closed} gets each newest candle that ended and was not given to it before. */
    public void close(long nowMillis, Consumer<Candle> closed) {
        for (CandleSeries each : series.values()) {
            each.close(nowMillis).ifPresent(closed);
        }
    }

    public CandleSeries of(CandleInterval interval) {
        CandleSeries found = series.get(interval);
        if (found == null) {
            throw new IllegalStateException("no series of " + interval);
        }
        return found;
    }

    /** The statistics of the last 1,440 minutes, the one that runs included; nothing before the first trade. */
    public Optional<Ticker> ticker(long nowMillis) {
        CandleSeries minutes = of(CandleInterval.MINUTE);
        Optional<Candle> newest = minutes.newest();
        if (newest.isEmpty()) {
            return Optional.empty();
        }
        long last = newest.get().closeTicks();
        long firstMinute = CandleInterval.MINUTE.start(nowMillis) - (DAY_MINUTES - 1) * CandleInterval.MINUTE.millis();
        List<Candle> day = minutes.since(firstMinute);
        long open = day.isEmpty() ? last : day.getFirst().openTicks();
        Ticker ticker = new Ticker(last, open, last, last, 0, 0, nowMillis);
        for (Candle minute : day) {
            ticker = ticker.with(minute);
        }
        return Optional.of(ticker);
    }
}
