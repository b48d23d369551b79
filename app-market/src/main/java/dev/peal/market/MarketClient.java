package dev.peal.market;

import dev.peal.app.Caller;
import dev.peal.app.Outlet;
import dev.peal.app.StreamClient;
import dev.peal.market.book.Symbol;
import dev.peal.market.feed.LoopFeed;
import dev.peal.market.feed.Reader;
import dev.peal.market.feed.WireForm;
import dev.peal.market.wire.ActionReader;
import dev.peal.market.wire.ActionReading;
import dev.peal.market.wire.MarketAction;
import dev.peal.market.wire.MarketJson;
import dev.peal.market.wire.WireBuffer;
import dev.peal.protocol.ErrorCode;
import dev.peal.protocol.FlatMessages;
import dev.peal.protocol.FlatParsed;
import dev.peal.protocol.RequestId;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One connection on {@code /stream}: what it asks for, and the answers. Belongs to its loop. */
final class MarketClient implements StreamClient {
    private final MarketFloor floor;
    private final MarketConfig config;
    private final Outlet outlet;
    private final Reader reader;
    private final Dealer dealer;

    /** @param form what the connection's address asks for; empty where that is nothing that there is */
    MarketClient(
            MarketFloor floor,
            MarketConfig config,
            LoopFeed feed,
            Outlet outlet,
            Optional<WireForm> form,
            Dealer dealer) {
        this.floor = floor;
        this.config = config;
        this.outlet = outlet;
        this.dealer = dealer;
        this.reader = feed.open(outlet, form.orElse(WireForm.JSON));
        floor.entered();
        if (form.isEmpty()) {
            refuse(null, "invalid_message", "binary: 1 or 2", null);
        } else {
            introduce(form.get());
        }
    }

    private void introduce(WireForm form) {
        WireBuffer symbols = new WireBuffer();
        switch (form) {
            case JSON -> {
                return;
            }
            case PRICE_FRAMES -> MarketJson.symbols(symbols, floor.market().symbols());
            case RECORDS -> MarketJson.symbolsWithSteps(symbols, floor.market().symbols());
        }
        outlet.write(symbols.toBytes());
    }

    @Override
    public void action(Caller caller, FlatParsed.Action action) {
        RequestId id = action.id();
        switch (ActionReader.read(action.message())) {
            case ActionReading.Read read -> take(caller, read.action(), id);
            case ActionReading.Unknown unknown -> unknown(id);
            case ActionReading.Invalid invalid ->
                refuse(id, ErrorCode.INVALID_MESSAGE.wire(), invalid.field() + ": " + invalid.expected(), null);
        }
    }

    @Override
    public void drained() {
        reader.drained();
    }

    @Override
    public void signedIn(Caller caller) {
        dealer.signedIn(caller);
    }

    @Override
    public void gone() {
        reader.end();
        dealer.gone();
        floor.left();
    }

    private void take(Caller caller, MarketAction action, @Nullable RequestId id) {
        switch (action) {
            case MarketAction.Subscribe subscribe ->
                with(subscribe.symbol(), id, symbol -> subscribe(symbol, subscribe, id));
            case MarketAction.Unsubscribe unsubscribe ->
                with(unsubscribe.symbol(), id, symbol -> {
                    reader.unsubscribe(symbol);
                    answer(id, () -> MarketAnswers.unsubscribed(id, symbol));
                });
            case MarketAction.Snapshot snapshot -> with(snapshot.symbol(), id, symbol -> snapshot(symbol, id));
            case MarketAction.FollowCandles candles ->
                with(candles.symbol(), id, symbol -> candles(symbol, candles, id));
            case MarketAction.FollowTicker ticker -> with(ticker.symbol(), id, symbol -> ticker(symbol, ticker, id));
            case MarketAction.Place place -> dealer.place(caller, place, id);
            case MarketAction.Cancel cancel -> dealer.cancel(caller, cancel, id);
            case MarketAction.FollowAccount account -> dealer.account(caller, account, id);
            case MarketAction.Authorize shown -> dealer.authorize(shown, id);
            case MarketAction.Ingest batch -> dealer.ingest(batch.message(), id);
        }
    }

    private void subscribe(Symbol symbol, MarketAction.Subscribe wanted, @Nullable RequestId id) {
        int rate = wanted.updatesPerSecond().orElse(config.updatesPerSecond());
        boolean follows = reader.subscribe(symbol, wanted.channels(), wanted.depth(), wanted.deltas(), rate);
        admitted(follows, symbol, id, () -> MarketAnswers.subscribed(id, symbol, wanted, rate));
    }

    private void snapshot(Symbol symbol, @Nullable RequestId id) {
        if (reader.snapshot(symbol)) {
            answer(id, () -> MarketAnswers.done(id, symbol));
        } else {
            refuse(id, "not_subscribed", "Not subscribed to the book of " + symbol.name(), symbol.name());
        }
    }

    private void candles(Symbol symbol, MarketAction.FollowCandles wanted, @Nullable RequestId id) {
        boolean follows = !wanted.on() || reader.followCandles(symbol, wanted.interval(), config.updatesPerSecond());
        if (!wanted.on()) {
            reader.leaveCandles(symbol, wanted.interval());
        }
        admitted(follows, symbol, id, () -> MarketAnswers.done(id, symbol));
    }

    private void ticker(Symbol symbol, MarketAction.FollowTicker wanted, @Nullable RequestId id) {
        boolean follows = !wanted.on() || reader.followTicker(symbol, config.updatesPerSecond());
        if (!wanted.on()) {
            reader.leaveTicker(symbol);
        }
        admitted(follows, symbol, id, () -> MarketAnswers.done(id, symbol));
    }

    private void admitted(boolean follows, Symbol symbol, @Nullable RequestId id, Supplier<byte[]> reply) {
        if (follows) {
            answer(id, reply);
        } else {
            String detail = "At most " + config.subscriptionsMax() + " subscriptions to a connection";
            refuse(id, "too_many_subscriptions", detail, symbol.name());
        }
    }

    /** Does something with a symbol, or says that there is none of that name. */
    private void with(String name, @Nullable RequestId id, Consumer<Symbol> step) {
        floor.market()
                .symbol(name)
                .ifPresentOrElse(step, () -> refuse(id, "unknown_symbol", "Unknown symbol " + name, name));
    }

    /** Without an id nobody waits for an answer. */
    private void answer(@Nullable RequestId id, Supplier<byte[]> reply) {
        if (id != null) {
            outlet.write(reply.get());
        }
    }

    private void unknown(@Nullable RequestId id) {
        outlet.write(FlatMessages.error(id, ErrorCode.UNKNOWN_TYPE));
    }

    private void refuse(@Nullable RequestId id, String code, String message, @Nullable String symbol) {
        outlet.write(FlatMessages.error(id, code, message, symbol));
    }
}
