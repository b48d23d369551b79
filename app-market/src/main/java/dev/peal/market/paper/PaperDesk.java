package dev.peal.market.paper;

import dev.peal.market.book.Side;
import dev.peal.market.book.Symbol;
import dev.peal.market.exchange.CancelReason;
import dev.peal.market.exchange.Cancellation;
import dev.peal.market.exchange.EngineLimits;
import dev.peal.market.exchange.OrderType;
import dev.peal.market.exchange.Placement;
import dev.peal.market.source.ExchangeConfig;
import dev.peal.market.source.ExchangeSource;
import dev.peal.market.source.Fill;
import dev.peal.market.source.Listing;
import dev.peal.market.source.TraderListener;
import dev.peal.market.wire.MarketAction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where users trade on the embedded exchange on paper. Belongs to the exchange's owner; the exchange must have been started.
 *
 * <p>Money and units are those that the exchange's own accounts count; here is what may be done with them. An order to buy needs the most that it can cost, one to sell
 * all its units, besides what open orders may take.
 */
public final class PaperDesk {
    private final ExchangeSource exchange;
    private final EngineLimits engineLimits;
    private final PaperLimits limits;
    private final PaperListener listener;
    private final Balances balances;
    private final Map<String, Symbol> symbols = new LinkedHashMap<>();
    private final Map<String, PaperAccount> byUser = new HashMap<>();
    private final List<PaperAccount> byNumber = new ArrayList<>();
    private final Map<Symbol, Integer> openOrders = new HashMap<>();
    /** The name of the order that is being placed; what the exchange says of it meanwhile does not have it. */
    private Optional<String> placing = Optional.empty();

    /** A desk and its exchange, neither of which has begun. */
    public PaperDesk(List<Listing> listings, ExchangeConfig config, PaperLimits limits, PaperListener listener) {
        exchange = new ExchangeSource(listings, config, new Ears());
        engineLimits = config.limits();
        this.limits = limits;
        this.listener = listener;
        balances = new Balances(exchange, limits.startMoney());
        for (Symbol symbol : exchange.symbols()) {
            symbols.put(symbol.name(), symbol);
        }
    }

    /** The exchange itself, as a source of the market. Any thread. */
    public ExchangeSource exchange() {
        return exchange;
    }

    /** Whether a symbol is traded here. Any thread. */
    public boolean lists(String symbol) {
        return symbols.containsKey(symbol);
    }

    /** Places an order of a user's, now. One that is repeated under its name, with the same content, is answered with what the first has become. */
    public PaperReply place(String user, MarketAction.Place order) {
        Symbol symbol = symbols.get(order.symbol());
        if (symbol == null) {
            return refused(PaperFault.UNKNOWN_SYMBOL);
        }
        return switch (OrderText.read(symbol, order, engineLimits)) {
            case OrderText.Wrong(PaperFault fault) -> refused(fault);
            case OrderText.Steps steps -> {
                exchange.catchUp();
                Optional<PaperOrder> before =
                        account(user).flatMap(account -> order.clientOrderId().flatMap(account::named));
                yield before.isPresent()
                        ? repeated(before.get(), symbol, order.side(), steps)
                        : place(user, symbol, order, steps);
            }
        };
    }

    /** Cancels what is left of an open order of the user's own, now. */
    public PaperReply cancel(String user, MarketAction.Cancel request) {
        exchange.catchUp();
        Optional<PaperAccount> account = account(user);
        Optional<PaperOrder> named = account.flatMap(own -> request.orderId().isPresent()
                ? own.open(request.orderId().get())
                : request.clientOrderId().flatMap(own::named));
        if (account.isEmpty() || named.isEmpty() || !named.get().open()) {
            return refused(PaperFault.UNKNOWN_ORDER);
        }
        long orderId = named.get().orderId();
        Cancellation done =
                exchange.cancel(named.get().symbol(), orderId, account.get().number());
        if (done != Cancellation.CANCELLED) {
            throw new IllegalStateException("an open order of account "
                    + account.get().number() + " is not the exchange's: " + orderId + " " + done);
        }
        return new PaperReply.Done(newest(account.get(), orderId));
    }

    /** A user's account as it is where the exchange has got to; one that never placed an order has what it would begin with. */
    public AccountView view(String user) {
        return balances.view(account(user));
    }

    private PaperReply place(String user, Symbol symbol, MarketAction.Place order, OrderText.Steps steps) {
        Optional<PaperFault> fault = mayNot(account(user), symbol, order.side(), steps);
        if (fault.isPresent()) {
            return refused(fault.get());
        }
        PaperAccount account = account(user).orElseGet(() -> open(user));
        placing = order.clientOrderId();
        Placement placement =
                exchange.place(symbol, account.number(), order.side(), steps.type(), steps.priceTicks(), steps.lots());
        placing = Optional.empty();
        return switch (placement) {
            case FILLED, RESTING, EXPIRED, SELF_TRADE ->
                new PaperReply.Done(newest(account, exchange.newestOrderId(symbol)));
            case SIZE_NOT_POSITIVE -> refused(PaperFault.SIZE_NOT_POSITIVE);
            case SIZE_OVER_LIMIT -> refused(PaperFault.SIZE_TOO_LARGE);
            case PRICE_NOT_POSITIVE -> refused(PaperFault.PRICE_NOT_POSITIVE);
            case PRICE_OVER_LIMIT -> refused(PaperFault.PRICE_TOO_LARGE);
            case BOOK_FULL -> refused(PaperFault.BOOK_FULL);
        };
    }

    private static PaperReply repeated(PaperOrder before, Symbol symbol, Side side, OrderText.Steps steps) {
        return before.sameAs(symbol, side, steps.type(), steps.priceTicks(), steps.lots())
                ? new PaperReply.Done(before)
                : refused(PaperFault.DUPLICATE_ORDER);
    }

    private Optional<PaperFault> mayNot(
            Optional<PaperAccount> account, Symbol symbol, Side side, OrderText.Steps steps) {
        if (account.isEmpty() && byNumber.size() >= limits.accountsMax()) {
            return Optional.of(PaperFault.TOO_MANY_ACCOUNTS);
        }
        boolean mayRest = steps.type() == OrderType.LIMIT;
        if (mayRest && account.isPresent() && account.get().open().size() >= limits.openOrdersMax()) {
            return Optional.of(PaperFault.TOO_MANY_ORDERS);
        }
        if (mayRest && openOrders.getOrDefault(symbol, 0) >= limits.peoplesOrdersMax()) {
            return Optional.of(PaperFault.BOOK_FULL);
        }
        return balances.covers(account, symbol, side, steps);
    }

    private Optional<PaperAccount> account(String user) {
        return Optional.ofNullable(byUser.get(user));
    }

    private PaperAccount open(String user) {
        PaperAccount account =
                new PaperAccount(user, ExchangeSource.FIRST_ACCOUNT + byNumber.size(), limits.remembered());
        byNumber.add(account);
        byUser.put(user, account);
        return account;
    }

    private PaperAccount numbered(int number) {
        return byNumber.get(number - ExchangeSource.FIRST_ACCOUNT);
    }

    private static PaperReply refused(PaperFault fault) {
        return new PaperReply.Refused(fault);
    }

    /** An order that the exchange spoke of during this call. */
    private static PaperOrder newest(PaperAccount account, long orderId) {
        return account.open(orderId)
                .or(account::newestDone)
                .filter(order -> order.orderId() == orderId)
                .orElseThrow(() -> new IllegalStateException("the exchange did not say what became of " + orderId));
    }

    /** Hears what becomes of people's orders; keeps them, and tells whoever did not ask for it. */
    private final class Ears implements TraderListener {
        @Override
        public void accepted(
                Symbol symbol, long orderId, int account, Side side, OrderType type, long priceTicks, long lots) {
            openOrders.merge(symbol, 1, Integer::sum);
            numbered(account)
                    .put(new PaperOrder(
                            symbol,
                            orderId,
                            placing,
                            side,
                            type,
                            priceTicks,
                            lots,
                            0,
                            Optional.empty(),
                            exchange.nowNanos()));
        }

        @Override
        public void filled(Fill fill) {
            PaperAccount account = numbered(fill.account());
            PaperOrder order = opened(account, fill.orderId()).filled(fill.lots(), fill.timeNanos());
            PaperFill told = new PaperFill(fill, order.clientOrderId());
            put(account, order);
            account.add(told);
            listener.filled(account.user(), told);
            if (fill.maker()) {
                listener.changed(account.user(), order);
            }
        }

        @Override
        public void rested(Symbol symbol, long orderId, int account, long lots) {
            // It was open before.
        }

        @Override
        public void cancelled(Symbol symbol, long orderId, int account, long lots, CancelReason reason) {
            PaperAccount own = numbered(account);
            put(own, opened(own, orderId).cancelled(reason, exchange.nowNanos()));
        }

        private void put(PaperAccount account, PaperOrder order) {
            account.put(order);
            if (!order.open()) {
                openOrders.merge(order.symbol(), -1, Integer::sum);
            }
        }

        private PaperOrder opened(PaperAccount account, long orderId) {
            return account.open(orderId)
                    .orElseThrow(() ->
                            new IllegalStateException("the exchange speaks of an order that is not open: " + orderId));
        }
    }
}
