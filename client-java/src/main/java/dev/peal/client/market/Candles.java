package dev.peal.client.market;

import dev.peal.client.Line;
import dev.peal.client.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The candles of one symbol and interval. The live ones are followed first and history is loaded then, so that none is missing between them; of two that begin together the one
 * with more trades is the newer. Thread-safe; what is not public belongs to the loop.
 */
public final class Candles implements AutoCloseable {
    private static final int CANDLES_MAX = 10_000;
    static final int HISTORY = 500;
    /** The most that the server gives at once. */
    private static final int HISTORY_MAX = 1_000;

    private final SymbolPort port;
    private final Interval interval;
    private final int history;
    private final Runnable closed;
    private final Listeners<Candle> onCandle;
    private final Listeners<List<Candle>> onReset;
    private final List<Candle> list = new ArrayList<>();
    /** Since they are followed on this connection, until history comes. */
    private final List<Candle> live = new ArrayList<>();
    /** Of earlier connections, until history comes. */
    private List<Candle> before = List.of();

    private volatile boolean complete;
    private long turn;

    Candles(SymbolPort port, Interval interval, int history, Runnable closed) {
        if (history < 1 || history > HISTORY_MAX) {
            throw new IllegalArgumentException("candles of before: 1 to " + HISTORY_MAX + ", not " + history);
        }
        this.port = port;
        this.interval = interval;
        this.history = history;
        this.closed = closed;
        this.onCandle = new Listeners<>(port.line().callbacks());
        this.onReset = new Listeners<>(port.line().callbacks());
    }

    public String symbol() {
        return port.name();
    }

    public Interval interval() {
        return interval;
    }

    /** History is there, and goes on to what is live. */
    public boolean complete() {
        return complete;
    }

    /** The oldest first, at most 10,000; where nothing traded there is none. */
    public List<Candle> list() {
        synchronized (list) {
            return List.copyOf(list);
        }
    }

    /** Called with each that began or changed. */
    public Candles onCandle(Consumer<Candle> listener) {
        onCandle.add(listener);
        return this;
    }

    /** Called with all where they changed otherwise: history came. */
    public Candles onReset(Consumer<List<Candle>> listener) {
        onReset.add(listener);
        return this;
    }

    /** Loads some that are older than all that are there; ends with how many came, 0 where there are none. */
    public CompletableFuture<Integer> older(int count) {
        CompletableFuture<Integer> result = new CompletableFuture<>();
        port.line().loop().execute(() -> {
            if (list.isEmpty()) {
                port.line().callbacks().execute(() -> result.complete(0));
                return;
            }
            long first = list.get(0).startMillis();
            get(count, "&before=" + first, () -> true, loaded -> {
                List<Candle> added = loaded.stream()
                        .filter(candle -> candle.startMillis() < list.get(0).startMillis())
                        .toList();
                synchronized (list) {
                    list.addAll(0, added);
                }
                onReset.tell(list());
                port.line().callbacks().execute(() -> result.complete(added.size()));
            });
        });
        return result;
    }

    /** Follows them no longer. */
    @Override
    public void close() {
        port.line().loop().execute(() -> {
            lost();
            port.line().tell(follow(false));
            closed.run();
        });
    }

    void connected() {
        long mine = ++turn;
        live.clear();
        before = list();
        follow(mine, 0);
    }

    void lost() {
        turn++;
        complete = false;
    }

    void take(ObjectNode message) {
        Candle candle = new Exactly(port.steps(), message).candle();
        if (!complete) {
            put(live, candle);
        }
        boolean changed;
        synchronized (list) {
            changed = put(list, candle);
            if (list.size() > CANDLES_MAX) {
                list.remove(0);
            }
        }
        if (changed) {
            onCandle.tell(candle);
        }
    }

    private void follow(long mine, int failures) {
        port.line().ask(follow(true), answer -> {
            if (mine != turn) {
                return;
            }
            if (answer instanceof Line.Answer.Said) {
                get(history, "", () -> mine == turn, this::begin);
            } else if (answer instanceof Line.Answer.Refused refused
                    && refused.why().retry()) {
                port.line()
                        .loop()
                        .after(refused.afterMillis().orElse(0) + port.line().waitMillis(failures), () -> {
                            if (mine == turn) {
                                follow(mine, failures + 1);
                            }
                        });
            } else if (answer instanceof Line.Answer.Refused refused) {
                port.refused(refused.why());
            }
        });
    }

    private void begin(List<Candle> loaded) {
        long first = loaded.isEmpty() ? 0 : loaded.get(0).startMillis();
        // What is older than all that came is kept where the two are known to meet.
        boolean meets = before.stream().anyMatch(candle -> candle.startMillis() >= first);
        synchronized (list) {
            list.clear();
            if (meets) {
                before.stream().filter(candle -> candle.startMillis() < first).forEach(list::add);
            }
            list.addAll(loaded);
            live.forEach(candle -> put(list, candle));
            list.subList(0, Math.max(0, list.size() - CANDLES_MAX)).clear();
        }
        live.clear();
        before = List.of();
        complete = true;
        onReset.tell(list());
    }

    private ObjectNode follow(boolean on) {
        return Json.object()
                .put("action", "candles")
                .put("symbol", port.name())
                .put("interval", interval.wire())
                .put("on", on);
    }

    private void get(int limit, String more, BooleanSupplier wanted, Consumer<List<Candle>> then) {
        String path = "/api/market/candles?symbol=" + Query.text(port.name()) + "&interval=" + interval.wire();
        port.persistently(path + "&limit=" + limit + more, wanted, answer -> {
            List<Candle> loaded = new ArrayList<>();
            for (JsonNode candle : answer) {
                loaded.add(new Exactly(port.steps(), candle).candle());
            }
            then.accept(loaded);
        });
    }

    /** Puts a candle in its place; false where what stands there is as new. */
    private static boolean put(List<Candle> list, Candle candle) {
        int at = list.size();
        while (at > 0 && list.get(at - 1).startMillis() > candle.startMillis()) {
            at--;
        }
        if (at > 0 && list.get(at - 1).startMillis() == candle.startMillis()) {
            boolean newer = candle.replaces(list.get(at - 1));
            if (newer) {
                list.set(at - 1, candle);
            }
            return newer;
        }
        if (at > 0) {
            // Another one began: the time of the one before is over.
            list.set(at - 1, list.get(at - 1).ended());
        }
        list.add(at, candle);
        return true;
    }
}
