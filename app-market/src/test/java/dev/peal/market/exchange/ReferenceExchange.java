package dev.peal.market.exchange;

import dev.peal.market.book.Side;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** The plainest exchange there is, to compare with: a tree of prices, at each a queue of order objects. Says the same lines as {@link EventLog}. */
final class ReferenceExchange {
    private static final class Order {
        private final long id;
        private final int account;
        private final Side side;
        private final long price;
        private long lots;

        private Order(long id, int account, Side side, long price, long lots) {
            this.id = id;
            this.account = account;
            this.side = side;
            this.price = price;
            this.lots = lots;
        }
    }

    private final NavigableMap<Long, Deque<Order>> bids = new TreeMap<>(Comparator.reverseOrder());
    private final NavigableMap<Long, Deque<Order>> asks = new TreeMap<>();
    private final Map<Long, Order> orders = new HashMap<>();
    private final EventLog log;

    ReferenceExchange(EventLog log) {
        this.log = log;
    }

    void place(long id, int account, Side side, OrderType type, long price, long lots) {
        Order taker = new Order(id, account, side, price, lots);
        log.accepted(id, account, side, type, type == OrderType.MARKET ? 0 : price, lots);
        CancelReason reason = match(taker, type);
        if (taker.lots == 0) {
            return;
        }
        if (reason == CancelReason.EXPIRED && type == OrderType.LIMIT) {
            queue(side, price).addLast(taker);
            orders.put(id, taker);
            log.rested(id, account, side, price, taker.lots);
            log.levelChanged(side, price, total(side, price));
        } else {
            log.cancelled(id, account, taker.lots, reason);
        }
    }

    void cancel(long id, int account) {
        Order order = orders.get(id);
        if (order == null || order.account != account) {
            return;
        }
        orders.remove(id);
        queue(order.side, order.price).remove(order);
        log.cancelled(id, account, order.lots, CancelReason.REQUESTED);
        tellLevel(order.side, order.price);
    }

    private CancelReason match(Order taker, OrderType type) {
        NavigableMap<Long, Deque<Order>> others = levels(taker.side.opposite());
        while (taker.lots > 0 && !others.isEmpty()) {
            long price = others.firstKey();
            boolean acceptable = taker.side == Side.BUY ? price <= taker.price : price >= taker.price;
            if (type != OrderType.MARKET && !acceptable) {
                break;
            }
            Deque<Order> queue = queue(taker.side.opposite(), price);
            boolean traded = false;
            while (taker.lots > 0 && !queue.isEmpty()) {
                Order maker = queue.getFirst();
                if (maker.account == taker.account) {
                    if (traded) {
                        tellLevel(maker.side, price);
                    }
                    return CancelReason.SELF_TRADE;
                }
                trade(taker, maker);
                traded = true;
                if (maker.lots == 0) {
                    queue.removeFirst();
                    orders.remove(maker.id);
                }
            }
            tellLevel(taker.side.opposite(), price);
        }
        return CancelReason.EXPIRED;
    }

    private void trade(Order taker, Order maker) {
        long lots = Math.min(taker.lots, maker.lots);
        taker.lots -= lots;
        maker.lots -= lots;
        log.add("#" + taker.id + " of " + taker.account + " " + taker.side + " " + lots + " at " + maker.price
                + " from #" + maker.id + " of " + maker.account + ", left " + taker.lots + " and " + maker.lots);
    }

    private void tellLevel(Side side, long price) {
        long total = total(side, price);
        if (total == 0) {
            levels(side).remove(price);
        }
        log.levelChanged(side, price, total);
    }

    private long total(Side side, long price) {
        return queue(side, price).stream().mapToLong(order -> order.lots).sum();
    }

    private Deque<Order> queue(Side side, long price) {
        return levels(side).computeIfAbsent(price, p -> new ArrayDeque<>());
    }

    private NavigableMap<Long, Deque<Order>> levels(Side side) {
        return side == Side.BUY ? bids : asks;
    }
}
