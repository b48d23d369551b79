package dev.peal.market.paper;

import dev.peal.market.book.Side;
import dev.peal.market.book.Symbol;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A user's orders: all that are open, and the newest that are done. Their money and units are the exchange's to count. Belongs to its desk. */
final class PaperAccount {
    private final String user;
    private final int number;
    private final int remembered;
    private final Map<Long, PaperOrder> open = new LinkedHashMap<>();
    private final Deque<PaperOrder> done = new ArrayDeque<>();
    private final Map<String, PaperOrder> byClientOrderId = new HashMap<>();
    private final Deque<PaperFill> fills = new ArrayDeque<>();

    PaperAccount(String user, int number, int remembered) {
        this.user = user;
        this.number = number;
        this.remembered = remembered;
    }

    String user() {
        return user;
    }

    /** What the exchange knows it by. */
    int number() {
        return number;
    }

    /** Orders that may still trade, the oldest first. */
    Collection<PaperOrder> open() {
        return open.values();
    }

    Optional<PaperOrder> open(long orderId) {
        return Optional.ofNullable(open.get(orderId));
    }

    Optional<PaperOrder> newestDone() {
        return Optional.ofNullable(done.peekLast());
    }

    /** The order of this name, as far as it is remembered. */
    Optional<PaperOrder> named(String clientOrderId) {
        return Optional.ofNullable(byClientOrderId.get(clientOrderId));
    }

    List<PaperFill> fills() {
        return List.copyOf(fills);
    }

    /** An order is now this. */
    void put(PaperOrder order) {
        order.clientOrderId().ifPresent(name -> byClientOrderId.put(name, order));
        if (order.open()) {
            open.put(order.orderId(), order);
            return;
        }
        open.remove(order.orderId());
        done.add(order);
        if (done.size() > remembered) {
            forget(done.remove());
        }
    }

    void add(PaperFill fill) {
        fills.add(fill);
        if (fills.size() > remembered) {
            fills.remove();
        }
    }

    /** The units of a symbol that open orders may sell. */
    long lotsOnOffer(Symbol symbol) {
        return open.values().stream()
                .filter(order -> order.side() == Side.SELL && order.symbol().equals(symbol))
                .mapToLong(PaperOrder::lotsLeft)
                .sum();
    }

    private void forget(PaperOrder order) {
        order.clientOrderId().ifPresent(name -> {
            PaperOrder newest = byClientOrderId.get(name);
            if (newest != null && newest.orderId() == order.orderId()) {
                byClientOrderId.remove(name);
            }
        });
    }
}
