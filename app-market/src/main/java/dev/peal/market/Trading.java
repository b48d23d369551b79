package dev.peal.market;

import dev.peal.market.paper.AccountView;
import dev.peal.market.paper.PaperDesk;
import dev.peal.market.paper.PaperFault;
import dev.peal.market.paper.PaperFill;
import dev.peal.market.paper.PaperListener;
import dev.peal.market.paper.PaperOrder;
import dev.peal.market.paper.PaperReply;
import dev.peal.market.wire.MarketAction;
import dev.peal.protocol.FlatMessages;
import dev.peal.protocol.RequestId;
import dev.peal.time.Owner;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * People who trade on the embedded exchange: each hears of their own orders, fills and account on all of their connections, and nobody else does. What connections ask
 * for is done on the market's owner, to which everything here belongs; the methods for connections may be called from their loops.
 */
final class Trading {
    private final Owner owner;
    private final PaperDesk desk;
    private final MarketMeters meters;
    private final Map<String, List<Trader>> byUser = new HashMap<>();
    /** Users whose account changed within this iteration of the owner. */
    private final Set<String> changed = new LinkedHashSet<>();
    /** What each user's followers were told that all is worth. */
    private final Map<String, Long> toldEquity = new HashMap<>();

    private boolean stopped;

    Trading(Owner owner, MarketSources.Exchange exchange, MarketMeters meters) {
        this.owner = owner;
        this.meters = meters;
        desk = new PaperDesk(exchange.listings(), exchange.config(), exchange.paper(), new Ears());
    }

    PaperDesk desk() {
        return desk;
    }

    // For connections.

    void signedIn(Trader trader, String user) {
        owner.execute(() -> admit(trader, user));
    }

    void gone(Trader trader) {
        owner.execute(() -> forget(trader));
    }

    void place(Trader trader, String user, MarketAction.Place order, @Nullable RequestId id) {
        onTheFloor(trader, user, () -> {
            PaperReply reply = desk.place(user, order);
            switch (reply) {
                case PaperReply.Done done -> meters.orderTaken();
                case PaperReply.Refused(PaperFault fault) -> meters.orderRefused(fault);
            }
            answer(trader, user, reply, order.symbol(), id);
        });
    }

    void cancel(Trader trader, String user, MarketAction.Cancel request, @Nullable RequestId id) {
        onTheFloor(trader, user, () -> answer(trader, user, desk.cancel(user, request), null, id));
    }

    void follow(Trader trader, String user, boolean on, @Nullable RequestId id) {
        onTheFloor(trader, user, () -> {
            trader.followsAccount = on;
            if (on) {
                AccountView account = desk.view(user);
                toldEquity.put(user, account.equity());
                trader.tell(TradeAnswers.wholeAccount(id, account));
            } else if (id != null) {
                trader.tell(MarketAnswers.done(id));
            }
        });
    }

    // On the owner.

    /** Prices moved: whoever follows an account that is worth something else now is told. */
    void tick() {
        for (Map.Entry<String, List<Trader>> one : byUser.entrySet()) {
            if (one.getValue().stream().anyMatch(trader -> trader.followsAccount)) {
                AccountView account = desk.view(one.getKey());
                Long told = toldEquity.get(one.getKey());
                if (told == null || told != account.equity()) {
                    tellAccount(one.getKey(), one.getValue(), account);
                }
            }
        }
    }

    /** Nothing is placed any more; before the exchange stops. */
    void stop() {
        stopped = true;
    }

    private void onTheFloor(Trader trader, String user, Runnable deed) {
        owner.execute(() -> {
            if (!stopped) {
                admit(trader, user);
                deed.run();
            }
        });
    }

    private void admit(Trader trader, String user) {
        if (!user.equals(trader.user)) {
            forget(trader);
            trader.user = user;
            byUser.computeIfAbsent(user, name -> new ArrayList<>()).add(trader);
        }
    }

    private void forget(Trader trader) {
        String user = trader.user;
        List<Trader> own = user == null ? null : byUser.get(user);
        if (own != null && own.remove(trader) && own.isEmpty()) {
            byUser.remove(user);
            toldEquity.remove(user);
        }
        trader.user = null;
        trader.followsAccount = false;
    }

    private void answer(Trader trader, String user, PaperReply reply, @Nullable String symbol, @Nullable RequestId id) {
        switch (reply) {
            case PaperReply.Done(PaperOrder order) -> {
                trader.tell(TradeAnswers.order(id, order));
                tell(user, trader, TradeAnswers.order(null, order));
                accountChanged(user);
            }
            case PaperReply.Refused(var fault) ->
                trader.tell(FlatMessages.error(id, fault.wire(), fault.sentence(), symbol));
        }
    }

    private void tell(String user, @Nullable Trader except, byte[] json) {
        for (Trader trader : byUser.getOrDefault(user, List.of())) {
            if (trader != except) {
                trader.tell(json);
            }
        }
    }

    private void accountChanged(String user) {
        if (changed.isEmpty()) {
            owner.atIterationEnd(this::tellAccounts);
        }
        changed.add(user);
    }

    private void tellAccounts() {
        for (String user : changed) {
            List<Trader> traders = byUser.getOrDefault(user, List.of());
            if (traders.stream().anyMatch(trader -> trader.followsAccount)) {
                tellAccount(user, traders, desk.view(user));
            }
        }
        changed.clear();
    }

    private void tellAccount(String user, List<Trader> traders, AccountView account) {
        toldEquity.put(user, account.equity());
        byte[] json = TradeAnswers.account(account);
        for (Trader trader : traders) {
            if (trader.followsAccount) {
                trader.tell(json);
            }
        }
    }

    private final class Ears implements PaperListener {
        @Override
        public void filled(String user, PaperFill fill) {
            meters.filled();
            tell(user, null, TradeAnswers.fill(fill));
            accountChanged(user);
        }

        @Override
        public void changed(String user, PaperOrder order) {
            tell(user, null, TradeAnswers.order(null, order));
        }
    }
}
