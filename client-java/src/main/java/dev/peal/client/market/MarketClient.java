package dev.peal.client.market;

import dev.peal.client.ClientBuilder;
import dev.peal.client.ClientState;
import dev.peal.client.Line;
import dev.peal.client.PealException;
import dev.peal.client.StreamLine;
import dev.peal.client.json.Json;
import dev.peal.client.loop.Loop;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The market as one server has it. Thread-safe; its threads are daemons, listeners are called on one of them, in order.
 *
 * <pre>{@code
 * try (MarketClient market = MarketClient.connect(PealClient.builder("https://market.example"))) {
 *     market.symbol("BTC-USD").book().onChange(book -> System.out.println(book.bestBid() + " " + book.bestAsk()));
 *     …
 * }
 * }</pre>
 */
public final class MarketClient implements AutoCloseable {
    private static final long PING_MILLIS = 5_000;

    private final StreamLine line;
    private final MarketOptions options;
    private final Map<String, MarketSymbol> symbols = new ConcurrentHashMap<>();
    private final CompletableFuture<List<SymbolInfo>> known = new CompletableFuture<>();
    private final Listeners<ClientState> onState;
    private final Listeners<Resync> onResync;
    private final Listeners<PealException> onError;
    private final Trading trading;
    private volatile ClientState state =
            new ClientState(ClientState.Phase.IDLE, Optional.empty(), OptionalLong.empty(), Optional.empty());
    private volatile OptionalInt rate;
    private volatile MarketHealth health = new MarketHealth(0, OptionalLong.empty(), OptionalLong.empty(), 0, 0);
    private final Core core;

    private MarketClient(ClientBuilder builder, MarketOptions options) {
        this.options = options;
        this.rate = options.maxUpdatesPerSecond();
        this.core = new Core();
        this.line =
                builder.stream(options.binary() == 0 ? "/stream" : "/stream?binary=" + options.binary(), made -> core);
        this.onState = new Listeners<>(line.callbacks());
        this.onResync = new Listeners<>(line.callbacks());
        this.onError = new Listeners<>(line.callbacks());
        this.trading = new Trading(line, core::steps, onError::tell);
        line.loop().execute(line::start);
    }

    /** A client on its way to its server, as whoever the builder says; one that says nothing reads as nobody, and cannot trade. */
    public static MarketClient connect(ClientBuilder builder) {
        return connect(builder, MarketOptions.DEFAULT);
    }

    public static MarketClient connect(ClientBuilder builder, MarketOptions options) {
        return new MarketClient(builder, options);
    }

    public ClientState state() {
        return state;
    }

    public MarketHealth health() {
        return health;
    }

    /** The server's symbols, once they are known. */
    public CompletableFuture<List<SymbolInfo>> symbols() {
        return known.copy();
    }

    /** The symbol of this name; where the server has none, {@link #onError} hears so once it is known. */
    public MarketSymbol symbol(String name) {
        return symbols.computeIfAbsent(name, any -> {
            MarketSymbol made = new MarketSymbol(name, line, () -> rate, this::resynced, core::refused);
            line.loop().execute(() -> core.introduce(made));
            return made;
        });
    }

    /** One's own account, orders and fills, followed from the first use on. */
    public Trading trading() {
        line.loop().execute(trading::follow);
        return trading;
    }

    /** Another rate than was asked for at first; empty: what the server gives. */
    public void maxUpdatesPerSecond(OptionalInt most) {
        rate = most;
        symbols.values().forEach(MarketSymbol::changed);
    }

    public MarketClient onState(Consumer<ClientState> listener) {
        onState.add(listener);
        return this;
    }

    /** Called where any book lost the thread. */
    public MarketClient onResync(Consumer<Resync> listener) {
        onResync.add(listener);
        return this;
    }

    /** Called where something that was asked for is not given: an unknown symbol, too many of them. */
    public MarketClient onError(Consumer<PealException> listener) {
        onError.add(listener);
        return this;
    }

    /** Connects again after {@link #stop}, or after the server sent the client away. */
    public void start() {
        line.loop().execute(line::start);
    }

    /** Closes the connection; what is followed stays so for the next {@link #start}. */
    public void stop() {
        line.loop().execute(line::stop);
    }

    /** Ends the client for good. */
    @Override
    public void close() {
        line.close();
    }

    private void resynced(Resync resync) {
        onResync.tell(resync);
    }

    /** Owned by the loop. */
    private final class Core implements StreamLine.User, RecordSink {
        private final Map<Long, MarketSymbol> byId = new HashMap<>();
        private Map<String, SymbolInfo> infos = Map.of();
        /** {@code infos} are of this very connection. */
        private boolean listed;

        private boolean live;
        private long connections;
        private long messages;
        private long bytes;
        private OptionalLong roundTripMillis = OptionalLong.empty();
        private OptionalLong delayMillis = OptionalLong.empty();
        private Loop.Timer pings = Loop.Timer.NONE;

        Optional<Steps> steps(String symbol) {
            return Optional.ofNullable(infos.get(symbol)).map(Steps::of);
        }

        void refused(String symbol, PealException why) {
            onError.tell(new PealException(why.code(), symbol + ": " + why.getMessage(), why.retry()));
        }

        void introduce(MarketSymbol symbol) {
            if (!live || !listed) {
                return;
            }
            SymbolInfo info = infos.get(symbol.name());
            if (info == null) {
                refused(symbol.name(), new PealException("unknown_symbol", "Unknown symbol", false));
                return;
            }
            byId.put((long) info.id(), symbol);
            symbol.connected(info);
        }

        @Override
        public void changed(ClientState now) {
            state = now;
            onState.tell(now);
        }

        @Override
        public void live(Optional<String> userId) {
            live = true;
            connections++;
            ping();
            if (listed) {
                begin();
            } else if (options.binary() != 2) {
                learnByHttp(connections, 0);
            }
        }

        @Override
        public void lost() {
            live = false;
            listed = false;
            pings.cancel();
            byId.clear();
            symbols.values().forEach(MarketSymbol::lost);
            trading.lost();
        }

        private void learnByHttp(long mine, int failures) {
            line.get("/api/symbols", answer -> {
                if (!live || mine != connections) {
                    return;
                }
                if (answer.isPresent()) {
                    learn(answer.get());
                } else {
                    line.loop().after(line.waitMillis(failures), () -> learnByHttp(mine, failures + 1));
                }
            });
        }

        private void learn(JsonNode list) {
            Map<String, SymbolInfo> read = new HashMap<>();
            List<SymbolInfo> inOrder = new ArrayList<>();
            for (JsonNode one : list) {
                SymbolInfo info = new SymbolInfo(
                        one.path("symbol").stringValue(""),
                        one.path("id").asInt(0),
                        one.path("tick").stringValue("1"),
                        one.path("lot").stringValue("1"));
                read.put(info.symbol(), info);
                inOrder.add(info);
            }
            infos = read;
            listed = true;
            List<SymbolInfo> told = List.copyOf(inOrder);
            line.callbacks().execute(() -> known.complete(told));
            if (live) {
                begin();
            }
        }

        private void begin() {
            symbols.values().forEach(this::introduce);
            trading.connected();
        }

        @Override
        public void message(ObjectNode message) {
            count(message.size());
            switch (message.path("type").stringValue("")) {
                case "symbols" -> {
                    if (message.has("details")) {
                        learn(message.path("details"));
                    }
                }
                case "order", "fill", "account" -> trading.take(message);
                case "error" ->
                    refused(
                            message.path("symbol").stringValue(""),
                            new PealException(
                                    message.path("code").stringValue(""),
                                    message.path("message").stringValue(""),
                                    message.path("retry").asBoolean(false)));
                default -> {
                    MarketSymbol symbol = symbols.get(message.path("symbol").stringValue(""));
                    if (symbol != null) {
                        symbol.take(message);
                    }
                    if (message.has("timestamp")) {
                        heard(message.path("timestamp").asLong(0));
                    }
                }
            }
        }

        @Override
        public void bytes(byte[] frame) {
            count(frame.length);
            if (options.binary() == 2) {
                RecordReader.read(frame, this);
            } else {
                PriceFrame.read(frame)
                        .ifPresent(price -> Optional.ofNullable(byId.get(price.symbolId()))
                                .ifPresent(symbol -> symbol.takePriceFrame(price, System.currentTimeMillis())));
            }
        }

        private void ping() {
            long sent = line.loop().nanos();
            pings = line.loop().after(PING_MILLIS, this::ping);
            line.ask(Json.object().put("type", "ping"), answer -> {
                if (answer instanceof Line.Answer.Said) {
                    roundTripMillis = OptionalLong.of(
                            TimeUnit.NANOSECONDS.toMillis(line.loop().nanos() - sent));
                    publish();
                }
            });
        }

        private void count(int length) {
            messages++;
            bytes += length;
            publish();
        }

        private void publish() {
            health = new MarketHealth(connections, roundTripMillis, delayMillis, messages, bytes);
        }

        private void heard(long timestampMillis) {
            delayMillis = OptionalLong.of(System.currentTimeMillis() - timestampMillis);
        }

        private Optional<MarketSymbol> of(long symbolId) {
            return Optional.ofNullable(byId.get(symbolId));
        }

        private long millis(long nanos) {
            long millis = TimeUnit.NANOSECONDS.toMillis(nanos);
            heard(millis);
            return millis;
        }

        @Override
        public void price(long symbolId, long sequence, long priceTicks, long lots, long timeNanos) {
            of(symbolId).ifPresent(symbol -> symbol.takePrice(sequence, priceTicks, millis(timeNanos)));
        }

        @Override
        public void trade(
                long symbolId, long sequence, long tradeId, Side side, long priceTicks, long lots, long timeNanos) {
            of(symbolId)
                    .ifPresent(symbol -> symbol.takeTrade(
                            sequence,
                            Trade.of(symbol.port().steps(), tradeId, side, priceTicks, lots, millis(timeNanos))));
        }

        @Override
        public void book(
                long symbolId, long sequence, long checksum, int depth, long[] bids, long[] asks, long timeNanos) {
            long millis = millis(timeNanos);
            of(symbolId)
                    .ifPresent(symbol ->
                            symbol.takeBook(new BookMessage(true, 0, sequence, checksum, depth, bids, asks, millis)));
        }

        @Override
        public void bookDelta(
                long symbolId,
                long previous,
                long sequence,
                long checksum,
                int depth,
                long[] bids,
                long[] asks,
                long timeNanos) {
            long millis = millis(timeNanos);
            of(symbolId)
                    .ifPresent(symbol -> symbol.takeBook(
                            new BookMessage(false, previous, sequence, checksum, depth, bids, asks, millis)));
        }

        @Override
        public void skipped(long symbolId, Channel channel, long from, long to, long timeNanos) {
            of(symbolId).ifPresent(symbol -> symbol.takeSkipped(channel, from, to));
        }
    }
}
