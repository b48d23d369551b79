package dev.peal.client.market;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/** The newest trades of one symbol, each once. Thread-safe; what is not public belongs to the loop. */
public final class Trades implements AutoCloseable {
    /** The most that are kept. */
    public static final int KEPT = 100;

    static final int HISTORY = 50;

    private final SymbolPort port;
    private final Runnable closed;
    private final Listeners<Trade> onTrade;
    private final Listeners<List<Trade>> onReset;
    private final Listeners<Gap> onGap;
    private volatile List<Trade> recent = List.of();
    /** Since the subscription that is now. */
    private List<Trade> live = List.of();

    private int history;
    private long turn;

    Trades(SymbolPort port, int history, Runnable closed) {
        if (history < 0 || history > KEPT) {
            throw new IllegalArgumentException("trades of before: 0 to " + KEPT + ", not " + history);
        }
        this.port = port;
        this.history = history;
        this.closed = closed;
        this.onTrade = new Listeners<>(port.line().callbacks());
        this.onReset = new Listeners<>(port.line().callbacks());
        this.onGap = new Listeners<>(port.line().callbacks());
    }

    public String symbol() {
        return port.name();
    }

    /** The newest first. */
    public List<Trade> recent() {
        return recent;
    }

    /** Called with each new one. */
    public Trades onTrade(Consumer<Trade> listener) {
        onTrade.add(listener);
        return this;
    }

    /** Called with what is recent where it changed otherwise: older ones were loaded. */
    public Trades onReset(Consumer<List<Trade>> listener) {
        onReset.add(listener);
        return this;
    }

    /** Called where some were left out or lost; the newest are loaded again. */
    public Trades onGap(Consumer<Gap> listener) {
        onGap.add(listener);
        return this;
    }

    /** Follows them no longer. */
    @Override
    public void close() {
        port.line().loop().execute(() -> {
            lost();
            closed.run();
        });
    }

    /** Sent: what is live counts from here. */
    void subscribing() {
        live = List.of();
    }

    /** Live for sure: what was before is loaded, and later what was in a connection's absence. */
    void subscribed() {
        if (history > 0) {
            load(history);
        }
        history = KEPT;
    }

    void lost() {
        turn++;
    }

    void missing(Gap gap) {
        onGap.tell(gap);
        load(KEPT);
    }

    void take(Trade trade) {
        boolean newest = live.isEmpty() || trade.tradeId() > live.get(0).tradeId();
        live = union(List.of(live, List.of(trade)));
        if (recent.stream().anyMatch(trade::isSame)) {
            return;
        }
        if (newest) {
            List<Trade> now = new ArrayList<>(List.of(trade));
            now.addAll(recent.subList(0, Math.min(recent.size(), KEPT - 1)));
            recent = List.copyOf(now);
            onTrade.tell(trade);
        } else {
            show(union(List.of(recent, List.of(trade))));
        }
    }

    private void load(int limit) {
        long mine = ++turn;
        List<Trade> before = recent;
        String path = "/api/market/trades?symbol=" + Query.text(port.name()) + "&limit=" + limit;
        port.persistently(path, () -> mine == turn, answer -> {
            List<Trade> loaded = new ArrayList<>();
            for (JsonNode trade : answer) {
                loaded.add(new Exactly(port.steps(), trade).trade());
            }
            // A server that began anew counts anew: its trades have nothing to do with those of before.
            boolean same = before.stream().anyMatch(old -> loaded.stream().anyMatch(old::isSame));
            show(union(List.of(same ? before : List.of(), loaded, live)));
        });
    }

    private void show(List<Trade> now) {
        boolean changed = !now.equals(recent);
        recent = now;
        if (changed) {
            onReset.tell(now);
        }
    }

    private static List<Trade> union(List<List<Trade>> lists) {
        TreeMap<Long, Trade> byId = new TreeMap<>(Comparator.reverseOrder());
        lists.forEach(list -> list.forEach(trade -> byId.put(trade.tradeId(), trade)));
        return byId.values().stream().limit(KEPT).toList();
    }
}
