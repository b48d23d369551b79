package dev.peal.market.paper;

import dev.peal.market.book.Side;
import dev.peal.market.book.Symbol;
import dev.peal.market.exchange.Accounts;
import dev.peal.market.exchange.OrderType;
import dev.peal.market.exchange.Venue;
import dev.peal.market.source.ExchangeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What accounts have and may spend, by what the exchange counts. A user without an account has what one would begin with. Belongs to its desk. */
final class Balances {
    private final ExchangeSource exchange;
    private final Money money;
    private final long start;

    Balances(ExchangeSource exchange, long startMoney) {
        this.exchange = exchange;
        money = new Money(exchange.symbols());
        start = money.ofWhole(startMoney);
    }

    /** Why an order cannot be paid for, or delivered, whatever becomes of those that are open; nothing where it can. */
    Optional<PaperFault> covers(Optional<PaperAccount> account, Symbol symbol, Side side, OrderText.Steps order) {
        if (side == Side.BUY) {
            long free = account.map(own -> cash(own) - reserved(own)).orElse(start);
            boolean paid = money.of(symbol, costMax(symbol, order)) <= free;
            return paid ? Optional.empty() : Optional.of(PaperFault.INSUFFICIENT_FUNDS);
        }
        long free = account.map(own -> accounts(symbol).lots(own.number()) - own.lotsOnOffer(symbol))
                .orElse(0L);
        return order.lots() <= free ? Optional.empty() : Optional.of(PaperFault.INSUFFICIENT_POSITION);
    }

    AccountView view(Optional<PaperAccount> account) {
        List<AccountView.Position> positions = new ArrayList<>();
        for (Symbol symbol : exchange.symbols()) {
            account.flatMap(own -> position(own, symbol)).ifPresent(positions::add);
        }
        return new AccountView(
                money.step(),
                start,
                account.map(this::cash).orElse(start),
                account.map(this::reserved).orElse(0L),
                positions,
                account.map(own -> List.copyOf(own.open())).orElse(List.of()),
                account.map(PaperAccount::fills).orElse(List.of()),
                exchange.nowNanos());
    }

    /** The most that an order to buy can cost, in tick·lots: at its own price, or at what the book asks now. */
    private long costMax(Symbol symbol, OrderText.Steps order) {
        if (order.type() != OrderType.MARKET) {
            return order.priceTicks() * order.lots();
        }
        Venue venue = exchange.venue(symbol);
        long cost = 0;
        long left = order.lots();
        for (int rank = 0; left > 0 && rank < venue.levels(Side.SELL); rank++) {
            long lots = Math.min(left, venue.lots(Side.SELL, rank));
            cost += lots * venue.priceTicks(Side.SELL, rank);
            left -= lots;
        }
        return cost;
    }

    private long cash(PaperAccount account) {
        long cash = start;
        for (Symbol symbol : exchange.symbols()) {
            cash = Math.addExact(cash, money.of(symbol, accounts(symbol).cash(account.number())));
        }
        return cash;
    }

    private long reserved(PaperAccount account) {
        long reserved = 0;
        for (PaperOrder order : account.open()) {
            if (order.side() == Side.BUY) {
                reserved = Math.addExact(reserved, money.of(order.symbol(), order.priceTicks() * order.lotsLeft()));
            }
        }
        return reserved;
    }

    private Optional<AccountView.Position> position(PaperAccount account, Symbol symbol) {
        long lots = accounts(symbol).lots(account.number());
        long cost = accounts(symbol).cost(account.number());
        long cash = accounts(symbol).cash(account.number());
        if (lots == 0 && cash == 0) {
            return Optional.empty();
        }
        long last = exchange.venue(symbol).lastPriceTicks();
        return Optional.of(new AccountView.Position(
                symbol,
                lots,
                money.of(symbol, cost),
                last,
                money.of(symbol, Math.multiplyExact(lots, last)),
                money.of(symbol, cash + cost)));
    }

    private Accounts accounts(Symbol symbol) {
        return exchange.venue(symbol).accounts();
    }
}
