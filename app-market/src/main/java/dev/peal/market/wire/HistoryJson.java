package dev.peal.market.wire;

import dev.peal.market.book.Symbol;
import dev.peal.market.book.Trade;
import dev.peal.market.candle.Candle;
import dev.peal.market.candle.Ticker;
import java.util.List;
import java.util.function.BiConsumer;

/** What was, as JSON: the elements of lists that are asked for over HTTP. Numbers are written as in {@link MarketJson}. */
public final class HistoryJson {
    private HistoryJson() {}

    /** {@code {"start":ms,"open":n,"high":n,"low":n,"close":n,"volume":n,"trades":k,"closed":bool}}. */
    public static void candle(WireBuffer out, Symbol symbol, Candle candle, boolean closed) {
        out.ascii("{\"start\":").number(candle.startMillis());
        out.ascii(",\"open\":").decimal(symbol.tick(), candle.openTicks());
        out.ascii(",\"high\":").decimal(symbol.tick(), candle.highTicks());
        out.ascii(",\"low\":").decimal(symbol.tick(), candle.lowTicks());
        out.ascii(",\"close\":").decimal(symbol.tick(), candle.closeTicks());
        out.ascii(",\"volume\":").decimal(symbol.lot(), candle.volumeLots());
        out.ascii(",\"trades\":").number(candle.trades());
        out.ascii(closed ? ",\"closed\":true}" : ",\"closed\":false}");
    }

    /** {@code {"tradeId":k,"price":n,"size":n,"side":"buy","timestamp":ms}}. */
    public static void trade(WireBuffer out, Symbol symbol, Trade trade) {
        out.ascii("{\"tradeId\":").number(trade.tradeId());
        out.ascii(",\"price\":").decimal(symbol.tick(), trade.priceTicks());
        out.ascii(",\"size\":").decimal(symbol.lot(), trade.lots());
        out.ascii(",\"side\":\"").ascii(trade.side().wire());
        out.ascii("\",\"timestamp\":").number(trade.timeMillis()).put('}');
    }

    /** {@code {"symbol":S,"last":n,"open":n,"high":n,"low":n,"volume":n,"trades":k,"change":n,"timestamp":ms}}. */
    public static void ticker(WireBuffer out, Symbol symbol, Ticker ticker) {
        out.ascii("{\"symbol\":\"").ascii(symbol.name());
        out.ascii("\",\"last\":").decimal(symbol.tick(), ticker.lastTicks());
        out.ascii(",\"open\":").decimal(symbol.tick(), ticker.openTicks());
        out.ascii(",\"high\":").decimal(symbol.tick(), ticker.highTicks());
        out.ascii(",\"low\":").decimal(symbol.tick(), ticker.lowTicks());
        out.ascii(",\"volume\":").decimal(symbol.lot(), ticker.volumeLots());
        out.ascii(",\"trades\":").number(ticker.trades());
        out.ascii(",\"change\":").decimal(symbol.tick(), ticker.changeTicks());
        out.ascii(",\"timestamp\":").number(ticker.timeMillis()).put('}');
    }

    /** Elements as a list. */
    public static <T> byte[] list(List<T> elements, BiConsumer<WireBuffer, T> element) {
        WireBuffer out = new WireBuffer(64 + 128 * elements.size()).put('[');
        for (int i = 0; i < elements.size(); i++) {
            if (i > 0) {
                out.put(',');
            }
            element.accept(out, elements.get(i));
        }
        return out.put(']').toBytes();
    }
}
