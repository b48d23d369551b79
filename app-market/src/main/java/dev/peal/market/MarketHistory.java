package dev.peal.market;

import dev.peal.app.HttpCall;
import dev.peal.app.HttpReply;
import dev.peal.market.book.Symbol;
import dev.peal.market.candle.CandleInterval;
import dev.peal.market.candle.Ticker;
import dev.peal.market.live.Market;
import dev.peal.market.wire.HistoryJson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;

/** What was, over HTTP: candles, trades and the statistics of a day. What the market knows is read on its owner. Thread-safe. */
final class MarketHistory {
    private static final int LIMIT_MAX = 1_000;
    private static final int CANDLES_USUAL = 500;
    private static final int TRADES_USUAL = 100;
    private static final int DIGITS_MAX = 16;

    private final MarketFloor floor;
    private final Market market;

    MarketHistory(MarketFloor floor) {
        this.floor = floor;
        market = floor.market();
    }

    /** {@code symbol}, {@code interval}, {@code before}?, {@code limit}?: the newest candles that begin before that moment, the oldest of them first. */
    CompletionStage<HttpReply> candles(HttpCall call) {
        Optional<CandleInterval> interval = CandleInterval.ofWire(call.query().getOrDefault("interval", ""));
        OptionalLong before = number(call, "before", Long.MAX_VALUE, Long.MAX_VALUE);
        OptionalLong limit = number(call, "limit", CANDLES_USUAL, LIMIT_MAX);
        if (interval.isEmpty()) {
            return bad("interval", "1s, 1m, 5m or 1h");
        }
        if (before.isEmpty()) {
            return bad("before", "a whole number of milliseconds since 1970");
        }
        if (limit.isEmpty()) {
            return badLimit();
        }
        return of(call, symbol -> {
            long now = floor.nowMillis(symbol);
            return HistoryJson.list(
                    market.candles(symbol, interval.get(), before.getAsLong(), (int) limit.getAsLong()),
                    (out, candle) -> HistoryJson.candle(out, symbol, candle, candle.endMillis() <= now));
        });
    }

    /** {@code symbol}, {@code limit}?: the newest trades, the oldest of them first. */
    CompletionStage<HttpReply> trades(HttpCall call) {
        OptionalLong limit = number(call, "limit", TRADES_USUAL, LIMIT_MAX);
        if (limit.isEmpty()) {
            return badLimit();
        }
        return of(
                call,
                symbol -> HistoryJson.list(
                        market.lastTrades(symbol, (int) limit.getAsLong()),
                        (out, trade) -> HistoryJson.trade(out, symbol, trade)));
    }

    /** The statistics of every symbol that ever traded. */
    CompletionStage<HttpReply> tickers() {
        return read(() -> {
            Map<Symbol, Ticker> tickers = new LinkedHashMap<>();
            for (Symbol symbol : market.symbols()) {
                market.ticker(symbol, floor.nowMillis(symbol)).ifPresent(ticker -> tickers.put(symbol, ticker));
            }
            return HistoryJson.list(
                    new ArrayList<>(tickers.entrySet()),
                    (out, entry) -> HistoryJson.ticker(out, entry.getKey(), entry.getValue()));
        });
    }

    private CompletionStage<HttpReply> of(HttpCall call, Function<Symbol, byte[]> list) {
        Optional<Symbol> symbol = market.symbol(call.query().getOrDefault("symbol", ""));
        return symbol.isPresent()
                ? read(() -> list.apply(symbol.get()))
                : HttpReply.problem(404, "unknown_symbol", "There is no such symbol; /api/symbols lists them.")
                        .now();
    }

    private CompletionStage<HttpReply> read(Supplier<byte[]> work) {
        CompletableFuture<HttpReply> reply = new CompletableFuture<>();
        floor.owner().execute(() -> {
            try {
                reply.complete(new HttpReply.Json(work.get()));
            } catch (RuntimeException e) {
                reply.completeExceptionally(e);
            }
        });
        return reply;
    }

    /** A parameter that is a whole number from 1; nothing where it is none. */
    private static OptionalLong number(HttpCall call, String name, long absent, long max) {
        String text = call.query().get(name);
        if (text == null) {
            return OptionalLong.of(absent);
        }
        boolean digits =
                !text.isEmpty() && text.length() <= DIGITS_MAX && text.chars().allMatch(c -> c >= '0' && c <= '9');
        long value = digits ? Long.parseLong(text) : 0;
        return value >= 1 && value <= max ? OptionalLong.of(value) : OptionalLong.empty();
    }

    private static CompletionStage<HttpReply> badLimit() {
        return bad("limit", "a whole number from 1 to " + LIMIT_MAX);
    }

    private static CompletionStage<HttpReply> bad(String name, String wants) {
        return HttpReply.problem(400, "bad_" + name, name + " wants " + wants + ".")
                .now();
    }
}
