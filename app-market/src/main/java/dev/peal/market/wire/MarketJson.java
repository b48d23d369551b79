package dev.peal.market.wire;

import dev.peal.market.book.BookDelta;
import dev.peal.market.book.BookSnapshot;
import dev.peal.market.book.Levels;
import dev.peal.market.book.Symbol;
import dev.peal.market.book.Trade;
import dev.peal.market.candle.Candle;
import dev.peal.market.candle.Ticker;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The pushes as JSON, each behind what is in the buffer already. A price or size is a JSON number whose text is the exact decimal, with all the places of its step.
 */
public final class MarketJson {
    private static final byte[] PRICE_UPDATE = ascii("{\"type\":\"price_update\",\"symbol\":\"");
    private static final byte[] TRADE = ascii("{\"type\":\"trade\",\"symbol\":\"");
    private static final byte[] ORDER_BOOK = ascii("{\"type\":\"order_book\",\"symbol\":\"");
    private static final byte[] ORDER_BOOK_DELTA = ascii("{\"type\":\"order_book_delta\",\"symbol\":\"");
    private static final byte[] CANDLE = ascii("{\"type\":\"candle\",\"symbol\":\"");
    private static final byte[] TICKER = ascii("{\"type\":\"ticker\",\"symbol\":\"");
    private static final byte[] SKIPPED = ascii("{\"type\":\"skipped\",\"symbol\":\"");
    private static final byte[] SYMBOLS = ascii("{\"type\":\"symbols\",\"symbols\":{");

    private static final byte[] PRICE = ascii("\",\"price\":");
    private static final byte[] SEQUENCE_AFTER_TEXT = ascii("\",\"sequence\":");
    private static final byte[] SEQUENCE = ascii(",\"sequence\":");
    private static final byte[] PREVIOUS = ascii(",\"previous\":");
    private static final byte[] CHECKSUM = ascii(",\"checksum\":");
    private static final byte[] DEPTH = ascii(",\"depth\":");
    private static final byte[] BOOK = ascii(",\"book\":{\"bids\":");
    private static final byte[] BIDS = ascii(",\"bids\":");
    private static final byte[] ASKS = ascii(",\"asks\":");
    private static final byte[] TIMESTAMP = ascii(",\"timestamp\":");
    private static final byte[] TIMESTAMP_AFTER_TEXT = ascii("\",\"timestamp\":");
    private static final byte[] TRADE_ID = ascii("\",\"tradeId\":");
    private static final byte[] NEXT_PRICE = ascii(",\"price\":");
    private static final byte[] SIZE = ascii(",\"size\":");
    private static final byte[] SIDE = ascii(",\"side\":\"");
    private static final byte[] INTERVAL = ascii("\",\"interval\":\"");
    private static final byte[] START = ascii("\",\"start\":");
    private static final byte[] OPEN = ascii(",\"open\":");
    private static final byte[] HIGH = ascii(",\"high\":");
    private static final byte[] LOW = ascii(",\"low\":");
    private static final byte[] CLOSE = ascii(",\"close\":");
    private static final byte[] VOLUME = ascii(",\"volume\":");
    private static final byte[] TRADES = ascii(",\"trades\":");
    private static final byte[] CLOSED = ascii(",\"closed\":");
    private static final byte[] LAST = ascii("\",\"last\":");
    private static final byte[] CHANGE = ascii(",\"change\":");
    private static final byte[] CHANNEL = ascii("\",\"channel\":\"");
    private static final byte[] FROM = ascii("\",\"from\":");
    private static final byte[] TO = ascii(",\"to\":");
    private static final byte[] COUNT = ascii(",\"count\":");
    private static final byte[] DETAILS = ascii("},\"details\":");
    private static final byte[] TRUE = ascii("true");
    private static final byte[] FALSE = ascii("false");

    private MarketJson() {}

    /** {@code {"type":"price_update","symbol":S,"price":n,"sequence":k,"timestamp":ms}}. */
    public static void priceUpdate(WireBuffer out, Symbol symbol, long priceTicks, long sequence, long timeMillis) {
        out.put(PRICE_UPDATE).ascii(symbol.name()).put(PRICE).decimal(symbol.tick(), priceTicks);
        out.put(SEQUENCE).number(sequence).put(TIMESTAMP).number(timeMillis).put('}');
    }

    /** {@code {"type":"trade","symbol":S,"tradeId":k,"price":n,"size":n,"side":"buy","timestamp":ms,"sequence":k}}. */
    public static void trade(WireBuffer out, Symbol symbol, Trade trade, long sequence) {
        out.put(TRADE).ascii(symbol.name()).put(TRADE_ID).number(trade.tradeId());
        out.put(NEXT_PRICE).decimal(symbol.tick(), trade.priceTicks());
        out.put(SIZE).decimal(symbol.lot(), trade.lots());
        out.put(SIDE).ascii(trade.side().wire()).put(TIMESTAMP_AFTER_TEXT).number(trade.timeMillis());
        out.put(SEQUENCE).number(sequence).put('}');
    }

    /**
     * {@code {"type":"order_book","symbol":S,"sequence":k,"checksum":c,"depth":d,"book":{"bids":[[price,size],…],"asks":[…]},"timestamp":ms}}.
     *
     * @param depth what was asked for; 0: all of it
     */
    public static void orderBook(
            WireBuffer out,
            Symbol symbol,
            long sequence,
            long checksum,
            int depth,
            BookSnapshot book,
            long timeMillis) {
        out.put(ORDER_BOOK).ascii(symbol.name()).put(SEQUENCE_AFTER_TEXT).number(sequence);
        out.put(CHECKSUM).number(checksum).put(DEPTH).number(depth).put(BOOK);
        levels(out, symbol, book.bids());
        out.put(ASKS);
        levels(out, symbol, book.asks());
        out.put('}').put(TIMESTAMP).number(timeMillis).put('}');
    }

    /**
     * {@code {"type":"order_book_delta","symbol":S,"sequence":k,"previous":k0,"checksum":c,"bids":[[price,size],…],"asks":[…],"timestamp":ms}}; a size of 0 removes
     * its level.
     *
     * @param previous the sequence of the book that it changes
     */
    public static void orderBookDelta(
            WireBuffer out,
            Symbol symbol,
            long previous,
            long sequence,
            long checksum,
            BookDelta delta,
            long timeMillis) {
        out.put(ORDER_BOOK_DELTA).ascii(symbol.name()).put(SEQUENCE_AFTER_TEXT).number(sequence);
        out.put(PREVIOUS).number(previous).put(CHECKSUM).number(checksum).put(BIDS);
        levels(out, symbol, delta.bids());
        out.put(ASKS);
        levels(out, symbol, delta.asks());
        out.put(TIMESTAMP).number(timeMillis).put('}');
    }

    /** {@code {"type":"candle","symbol":S,"interval":"1m","start":ms,"open":n,"high":n,"low":n,"close":n,"volume":n,"trades":k,"closed":bool}}. */
    public static void candle(WireBuffer out, Symbol symbol, Candle candle, boolean closed) {
        out.put(CANDLE)
                .ascii(symbol.name())
                .put(INTERVAL)
                .ascii(candle.interval().wire());
        out.put(START).number(candle.startMillis());
        out.put(OPEN).decimal(symbol.tick(), candle.openTicks());
        out.put(HIGH).decimal(symbol.tick(), candle.highTicks());
        out.put(LOW).decimal(symbol.tick(), candle.lowTicks());
        out.put(CLOSE).decimal(symbol.tick(), candle.closeTicks());
        out.put(VOLUME).decimal(symbol.lot(), candle.volumeLots());
        out.put(TRADES)
                .number(candle.trades())
                .put(CLOSED)
                .put(closed ? TRUE : FALSE)
                .put('}');
    }

    /** {@code {"type":"ticker","symbol":S,"last":n,"open":n,"high":n,"low":n,"volume":n,"trades":k,"change":n,"timestamp":ms}}. */
    public static void ticker(WireBuffer out, Symbol symbol, Ticker ticker) {
        out.put(TICKER).ascii(symbol.name()).put(LAST).decimal(symbol.tick(), ticker.lastTicks());
        out.put(OPEN).decimal(symbol.tick(), ticker.openTicks());
        out.put(HIGH).decimal(symbol.tick(), ticker.highTicks());
        out.put(LOW).decimal(symbol.tick(), ticker.lowTicks());
        out.put(VOLUME).decimal(symbol.lot(), ticker.volumeLots());
        out.put(TRADES).number(ticker.trades());
        out.put(CHANGE).decimal(symbol.tick(), ticker.changeTicks());
        out.put(TIMESTAMP).number(ticker.timeMillis()).put('}');
    }

    /** {@code {"type":"skipped","symbol":S,"channel":"price","from":k1,"to":k2,"count":n}}: the sequences from k1 to k2, both included, were left out. */
    public static void skipped(WireBuffer out, Symbol symbol, Channel channel, long from, long to) {
        out.put(SKIPPED).ascii(symbol.name()).put(CHANNEL).ascii(channel.wire());
        out.put(FROM)
                .number(from)
                .put(TO)
                .number(to)
                .put(COUNT)
                .number(to - from + 1)
                .put('}');
    }

    /** {@code {"type":"symbols","symbols":{"1":"BTC-USD",…}}}: what comes before the 12-byte frames. */
    public static void symbols(WireBuffer out, List<Symbol> symbols) {
        names(out, symbols);
        out.put('}').put('}');
    }

    /** The same with {@code "details":[…]}, which is {@link #symbolList}: what comes before frames of records. */
    public static void symbolsWithSteps(WireBuffer out, List<Symbol> symbols) {
        names(out, symbols);
        out.put(DETAILS);
        symbolList(out, symbols);
        out.put('}');
    }

    /** {@code [{"symbol":"BTC-USD","id":1,"tick":"0.01","lot":"0.0001"},…]}: the answer to {@code GET /api/symbols}. */
    public static void symbolList(WireBuffer out, List<Symbol> symbols) {
        out.put('[');
        for (int i = 0; i < symbols.size(); i++) {
            Symbol symbol = symbols.get(i);
            out.ascii(i == 0 ? "{\"symbol\":\"" : ",{\"symbol\":\"").ascii(symbol.name());
            out.ascii("\",\"id\":").number(symbol.id());
            out.ascii(",\"tick\":\"").decimal(symbol.tick(), 1);
            out.ascii("\",\"lot\":\"").decimal(symbol.lot(), 1).ascii("\"}");
        }
        out.put(']');
    }

    private static void names(WireBuffer out, List<Symbol> symbols) {
        out.put(SYMBOLS);
        for (int i = 0; i < symbols.size(); i++) {
            out.ascii(i == 0 ? "\"" : ",\"").number(symbols.get(i).id());
            out.ascii("\":\"").ascii(symbols.get(i).name()).put('"');
        }
    }

    private static void levels(WireBuffer out, Symbol symbol, Levels levels) {
        out.put('[');
        for (int i = 0; i < levels.size(); i++) {
            if (i > 0) {
                out.put(',');
            }
            out.put('[').decimal(symbol.tick(), levels.priceTicks(i));
            out.put(',').decimal(symbol.lot(), levels.lots(i)).put(']');
        }
        out.put(']');
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
