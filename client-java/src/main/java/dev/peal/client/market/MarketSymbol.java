package dev.peal.client.market;

import dev.peal.client.Line;
import dev.peal.client.PealException;
import dev.peal.client.StreamLine;
import dev.peal.client.json.Json;
import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One symbol. What it gives follows the market from the first call on until it is closed, and is the same again until then. Thread-safe; what is not public belongs to the
 * loop.
 */
public final class MarketSymbol {
    private static final int DEPTH = 10;
    private static final Set<Integer> DEPTHS = Set.of(DEPTH, 50, 0);

    private final String name;
    private final StreamLine line;
    private final Supplier<OptionalInt> rate;
    private final Consumer<Resync> resync;
    private final BiConsumer<String, PealException> refused;
    private final Map<Channel, Sequences> sequences = new EnumMap<>(Channel.class);
    private final Map<Interval, Candles> candles = new EnumMap<>(Interval.class);
    /** Channels that are followed anew once the server says so: what went before has nothing to do with it. */
    private final Set<Channel> fresh = EnumSet.noneOf(Channel.class);

    private final SymbolPort port = new Port();
    /** Guards what is followed: made by the program, read by the loop. */
    private final Object followed = new Object();

    private @Nullable OrderBook book;
    private @Nullable Trades trades;
    private @Nullable LastPrice price;
    private @Nullable Ticker ticker;
    private volatile @Nullable SymbolInfo info;
    private @Nullable Steps steps;
    /** What the server was told last on this connection; null where there is none. */
    private @Nullable ObjectNode told;

    private boolean planned;

    MarketSymbol(
            String name,
            StreamLine line,
            Supplier<OptionalInt> rate,
            Consumer<Resync> resync,
            BiConsumer<String, PealException> refused) {
        this.name = name;
        this.line = line;
        this.rate = rate;
        this.resync = resync;
        this.refused = refused;
        for (Channel channel : Channel.values()) {
            sequences.put(channel, new Sequences((from, to, said) -> missing(new Gap(name, channel, from, to, said))));
        }
    }

    public String name() {
        return name;
    }

    /** Empty until the client knows its symbols, and of a name that is none. */
    public Optional<SymbolInfo> info() {
        return Optional.ofNullable(info);
    }

    /** What the sequences of a channel went through, while it was followed. */
    public ChannelHealth health(Channel channel) {
        return counts(channel).health();
    }

    /** The book as deep as it is followed already; the ten best levels of each side where it is not. */
    public OrderBook book() {
        synchronized (followed) {
            return book(book == null ? DEPTH : book.depth());
        }
    }

    /**
     * The book. Another depth than before is everybody's who has it.
     *
     * @param depth 10, 50 or 0 (all) levels of each side
     * @throws IllegalArgumentException where it is none of these
     */
    public OrderBook book(int depth) {
        if (!DEPTHS.contains(depth)) {
            throw new IllegalArgumentException("depth: 10, 50 or 0, not " + depth);
        }
        synchronized (followed) {
            OrderBook made = book;
            if (made == null) {
                made = new OrderBook(port, depth, counts(Channel.BOOK), resync, () -> {
                    synchronized (followed) {
                        book = null;
                    }
                    changed();
                });
                book = made;
                changed();
            }
            OrderBook asked = made;
            line.loop().execute(() -> {
                asked.deepen(depth);
                changed();
            });
            return made;
        }
    }

    public Trades trades() {
        return trades(Trades.HISTORY);
    }

    /**
     * The trades.
     *
     * @param history how many of those before are loaded at first, 0 to {@value Trades#KEPT}; of no effect where they are followed already
     */
    public Trades trades(int history) {
        synchronized (followed) {
            Trades made = trades;
            if (made == null) {
                made = new Trades(port, history, () -> {
                    synchronized (followed) {
                        trades = null;
                    }
                    changed();
                });
                trades = made;
                changed();
            }
            return made;
        }
    }

    public LastPrice price() {
        synchronized (followed) {
            LastPrice made = price;
            if (made == null) {
                made = new LastPrice(port, () -> {
                    synchronized (followed) {
                        price = null;
                    }
                    changed();
                });
                price = made;
                changed();
            }
            return made;
        }
    }

    public Ticker ticker() {
        synchronized (followed) {
            Ticker made = ticker;
            if (made == null) {
                made = new Ticker(port, () -> {
                    synchronized (followed) {
                        ticker = null;
                    }
                    followTicker(false);
                });
                ticker = made;
                line.loop().execute(() -> followTicker(true));
            }
            return made;
        }
    }

    public Candles candles(Interval interval) {
        return candles(interval, Candles.HISTORY);
    }

    /**
     * The candles.
     *
     * @param history how many of the newest are loaded at first, 1 to 1,000; of no effect where they are followed already
     */
    public Candles candles(Interval interval, int history) {
        synchronized (followed) {
            return candles.computeIfAbsent(interval, any -> {
                Candles made = new Candles(port, interval, history, () -> {
                    synchronized (followed) {
                        candles.remove(interval);
                    }
                });
                line.loop().execute(() -> {
                    if (told != null) {
                        made.connected();
                    }
                });
                return made;
            });
        }
    }

    /** What the server says of it: there is a connection now. */
    void connected(SymbolInfo known) {
        info = known;
        steps = Steps.of(known);
        told = Json.object();
        if (ticker != null) {
            followTicker(true);
        }
        each(Candles::connected);
        tell();
    }

    void lost() {
        told = null;
        sequences.values().forEach(Sequences::restart);
        Optional.ofNullable(book).ifPresent(OrderBook::lost);
        Optional.ofNullable(trades).ifPresent(Trades::lost);
        each(Candles::lost);
    }

    /** What is wanted is told once for all that changes in one turn. */
    void changed() {
        line.loop().execute(() -> {
            if (!planned) {
                planned = true;
                line.loop().execute(() -> {
                    planned = false;
                    tell();
                });
            }
        });
    }

    void take(ObjectNode message) {
        if (steps == null) {
            return;
        }
        Exactly exactly = new Exactly(steps, message);
        long sequence = message.path("sequence").asLong(0);
        switch (message.path("type").stringValue("")) {
            case "price_update" ->
                takePrice(
                        sequence,
                        steps.tick().count(message.path("price")),
                        message.path("timestamp").asLong(0));
            case "trade" -> takeTrade(sequence, exactly.trade());
            case "order_book", "order_book_delta" -> takeBook(exactly.book());
            case "skipped" ->
                Channel.of(message.path("channel").stringValue(""))
                        .ifPresent(channel -> takeSkipped(
                                channel,
                                message.path("from").asLong(0),
                                message.path("to").asLong(0)));
            case "candle" ->
                each(one -> {
                    if (one.interval().wire().equals(message.path("interval").stringValue(""))) {
                        one.take(message);
                    }
                });
            case "ticker" -> Optional.ofNullable(ticker).ifPresent(one -> one.take(message));
            default -> {
                // Of a later version.
            }
        }
    }

    /** @param sequence 0: it has none */
    void takePrice(long sequence, long ticks, long timestampMillis) {
        LastPrice told = price;
        if ((sequence == 0 || counts(Channel.PRICE).take(sequence)) && told != null && steps != null) {
            told.take(new PriceView(steps.tick().decimal(ticks), ticks, sequence, timestampMillis));
        }
    }

    /** The tick nearest to it is meant. */
    void takePriceFrame(PriceFrame frame, long timestampMillis) {
        if (steps != null && Float.isFinite(frame.price())) {
            takePrice(0, steps.tick().count(new BigDecimal(frame.price())), timestampMillis);
        }
    }

    void takeTrade(long sequence, Trade trade) {
        // One that comes late is missing in the list, and one that comes again is there.
        counts(Channel.TRADES).take(sequence);
        Optional.ofNullable(trades).ifPresent(one -> one.take(trade));
    }

    void takeBook(BookMessage message) {
        Optional.ofNullable(book).ifPresent(one -> one.take(message));
    }

    void takeSkipped(Channel channel, long from, long to) {
        // What a change of a book stands for it says itself.
        if (channel == Channel.BOOK) {
            counts(channel).skipped(to - from + 1);
        } else {
            counts(channel).skip(from, to);
        }
    }

    SymbolPort port() {
        return port;
    }

    private Sequences counts(Channel channel) {
        return Objects.requireNonNull(sequences.get(channel));
    }

    private void missing(Gap gap) {
        if (gap.channel() == Channel.TRADES) {
            Optional.ofNullable(trades).ifPresent(one -> one.missing(gap));
        } else {
            Optional.ofNullable(price).ifPresent(one -> one.missing(gap));
        }
    }

    private void each(Consumer<Candles> told) {
        List<Candles> all;
        synchronized (followed) {
            all = List.copyOf(candles.values());
        }
        all.forEach(told);
    }

    private void followTicker(boolean on) {
        if (told != null) {
            line.tell(Json.object().put("action", "ticker").put("symbol", name).put("on", on));
        }
    }

    private void tell() {
        ObjectNode before = told;
        if (before == null) {
            return;
        }
        ObjectNode action = wanted();
        if (action.equals(before)) {
            return;
        }
        boolean traded = names(before, Channel.TRADES);
        for (Channel channel : Channel.values()) {
            if (!names(action, channel)) {
                fresh.remove(channel);
            } else if (!names(before, channel)) {
                fresh.add(channel);
            }
        }
        told = action;
        if (!traded) {
            Optional.ofNullable(trades).ifPresent(Trades::subscribing);
        }
        ask(action, traded, 0);
        Optional.ofNullable(book).ifPresent(OrderBook::subscribed);
    }

    private void ask(ObjectNode action, boolean traded, int failures) {
        if (told != action) {
            return;
        }
        ObjectNode said = action.has("action")
                ? action
                : Json.object().put("action", "unsubscribe").put("symbol", name);
        line.ask(said, answer -> {
            if (answer instanceof Line.Answer.Said) {
                fresh.forEach(channel -> counts(channel).restart());
                fresh.clear();
            }
            if (told != action) {
                return;
            }
            if (answer instanceof Line.Answer.Said && !traded) {
                Optional.ofNullable(trades).ifPresent(Trades::subscribed);
            } else if (answer instanceof Line.Answer.Refused refusal
                    && refusal.why().retry()) {
                long wait = refusal.afterMillis().orElse(0) + line.waitMillis(failures);
                line.loop().after(wait, () -> ask(action, traded, failures + 1));
            } else if (answer instanceof Line.Answer.Refused refusal) {
                refused.accept(name, refusal.why());
            }
        });
    }

    private static boolean names(ObjectNode action, Channel channel) {
        for (JsonNode name : action.path("channels")) {
            if (name.stringValue("").equals(channel.wire())) {
                return true;
            }
        }
        return false;
    }

    /** An empty object: nothing. */
    private ObjectNode wanted() {
        ObjectNode action = Json.object();
        ArrayNode channels = action.putArray("channels");
        if (price != null) {
            channels.add(Channel.PRICE.wire());
        }
        if (trades != null) {
            channels.add(Channel.TRADES.wire());
        }
        OrderBook shown = book;
        if (shown != null) {
            channels.add(Channel.BOOK.wire());
        }
        if (channels.isEmpty()) {
            return Json.object();
        }
        action.put("action", "subscribe").put("symbol", name).put("deltas", true);
        action.put("depth", shown == null ? DEPTH : shown.depth());
        rate.get().ifPresent(most -> action.put("maxUpdatesPerSecond", most));
        return action;
    }

    private final class Port implements SymbolPort {
        @Override
        public String name() {
            return name;
        }

        @Override
        public StreamLine line() {
            return line;
        }

        @Override
        public void refused(PealException why) {
            refused.accept(name, why);
        }

        @Override
        public Steps steps() {
            return Objects.requireNonNull(steps, "nothing came yet");
        }
    }
}
