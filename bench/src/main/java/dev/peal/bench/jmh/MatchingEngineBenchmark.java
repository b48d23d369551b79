package dev.peal.bench.jmh;

import dev.peal.market.book.Side;
import dev.peal.market.exchange.Accounts;
import dev.peal.market.exchange.CancelReason;
import dev.peal.market.exchange.EngineLimits;
import dev.peal.market.exchange.EngineListener;
import dev.peal.market.exchange.Match;
import dev.peal.market.exchange.MatchingEngine;
import dev.peal.market.exchange.OrderType;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Orders through a matching engine on one core, each with all that follows from it: trades settled between accounts, levels told. Numbers were drawn beforehand, and the
 * book stays about as deep as it is at first.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class MatchingEngineBenchmark {
    private static final int ORDERS = 1 << 16;
    private static final int MASK = ORDERS - 1;
    private static final int ACCOUNTS = 1_000;
    private static final int TAKER = ACCOUNTS;
    private static final long MIDDLE = 100_000;
    private static final int DISTANCE_MAX = 400;

    private static final EngineLimits LIMITS = new EngineLimits(1 << 18, 1 << 14, 1_000_000, 1_000);

    /** Orders that rest in the book. */
    @Param({"1000", "10000", "100000"})
    public int resting;

    /** Whether each trade leaves an object behind: what the engine's own events save. */
    @Param("false")
    public boolean allocating;

    private final int[] distance = new int[ORDERS];
    private final int[] lots = new int[ORDERS];
    private final long[] ids = new long[1 << 17];
    private final Tally tally = new Tally();
    private MatchingEngine engine = new MatchingEngine(LIMITS, tally);
    private long nextId = 1;
    private long newest;

    /** Draws the numbers and fills the book. */
    @Setup
    public void setUp() {
        Random random = new Random(1);
        for (int i = 0; i < ORDERS; i++) {
            // Most orders are near the middle, as they are in a real book.
            distance[i] = (int) Math.min(DISTANCE_MAX - 2, -Math.log(1 - random.nextDouble()) * 40);
            lots[i] = 1 + random.nextInt(20);
        }
        tally.allocating = allocating;
        engine = new MatchingEngine(LIMITS, tally);
        for (int i = 0; i < resting; i++) {
            rest(i);
        }
    }

    /** Every operation is a new limit order: one rests, the next takes as much from the same side. Most that take trade with two or three orders. */
    @Benchmark
    @OperationsPerInvocation(2 * ORDERS)
    public long limitOrders() {
        for (int i = 0; i < ORDERS; i++) {
            rest(i);
            Side taker = (i & 1) == 0 ? Side.SELL : Side.BUY;
            long price = taker == Side.BUY ? MIDDLE + DISTANCE_MAX : MIDDLE - DISTANCE_MAX;
            engine.place(nextId++, TAKER, taker, OrderType.LIMIT, price, lots[i]);
        }
        return tally.events;
    }

    /** A cancel and a new order, each an operation, as of makers who move their quotes. */
    @Benchmark
    @OperationsPerInvocation(2 * ORDERS)
    public long quotes() {
        for (int i = 0; i < ORDERS; i++) {
            cancelOldest();
            rest(i);
        }
        return tally.events;
    }

    /** Of nine operations four place, four cancel (sometimes what has traded already), and one takes at once. */
    @Benchmark
    @OperationsPerInvocation(2 * ORDERS + ORDERS / 4)
    public long ordinaryDay() {
        for (int i = 0; i < ORDERS; i++) {
            cancelOldest();
            rest(i);
            if ((i & 3) == 0) {
                Side side = (i & 4) == 0 ? Side.BUY : Side.SELL;
                engine.place(nextId++, TAKER, side, OrderType.MARKET, 0, lots[i]);
            }
        }
        return tally.events;
    }

    private void rest(int i) {
        Side side = (i & 1) == 0 ? Side.BUY : Side.SELL;
        long price = side == Side.BUY ? MIDDLE - 1 - distance[i & MASK] : MIDDLE + 1 + distance[i & MASK];
        ids[(int) (newest & ids.length - 1)] = nextId;
        engine.place(nextId++, (int) (newest++ % ACCOUNTS), side, OrderType.LIMIT, price, lots[i & MASK]);
    }

    private void cancelOldest() {
        long oldest = newest - resting;
        engine.cancel(ids[(int) (oldest & ids.length - 1)], (int) (oldest % ACCOUNTS));
    }

    /** Settles the trades and counts what it hears. */
    private static final class Tally implements EngineListener {
        private final Accounts accounts = new Accounts();
        private boolean allocating;
        private long events;
        private Object garbage = this;

        @Override
        public void accepted(long orderId, int account, Side side, OrderType type, long priceTicks, long lots) {
            events++;
        }

        @Override
        public void traded(Match match) {
            accounts.settle(match);
            events += match.lots();
            if (allocating) {
                garbage = new long[8];
            }
        }

        @Override
        public void rested(long orderId, int account, Side side, long priceTicks, long lots) {
            events++;
        }

        @Override
        public void cancelled(long orderId, int account, long lots, CancelReason reason) {
            events += lots;
        }

        @Override
        public void levelChanged(Side side, long priceTicks, long lots) {
            events += lots;
        }
    }
}
