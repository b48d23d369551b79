package dev.peal.market.candle;

import dev.peal.market.book.Trade;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Candles the plain way: all trades by interval, and each interval from its list. */
public final class PlainCandles {
    private PlainCandles() {}

    /** The candles of all trades, the oldest first; trades in the order in which they came. */
    public static List<Candle> of(CandleInterval interval, List<Trade> trades) {
        Map<Long, List<Trade>> groups = new TreeMap<>();
        for (Trade trade : trades) {
            long start = trade.timeNanos() / 1_000_000 / interval.millis() * interval.millis();
            groups.computeIfAbsent(start, s -> new ArrayList<>()).add(trade);
        }
        List<Candle> candles = new ArrayList<>();
        groups.forEach((start, group) -> candles.add(new Candle(
                interval,
                start,
                group.getFirst().priceTicks(),
                group.stream().mapToLong(Trade::priceTicks).max().orElseThrow(),
                group.stream().mapToLong(Trade::priceTicks).min().orElseThrow(),
                group.getLast().priceTicks(),
                group.stream().mapToLong(Trade::lots).sum(),
                group.size())));
        candles.sort(Comparator.comparingLong(Candle::startMillis));
        return candles;
    }
}
