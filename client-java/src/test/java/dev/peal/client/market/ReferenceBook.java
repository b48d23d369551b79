package dev.peal.client.market;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Consumer;

/** A book that changes by chance, and remembers how it was a moment ago. */
final class ReferenceBook {
    static final Steps STEPS = Steps.of(new SymbolInfo("BTC-USD", 1, "0.01", "0.0001"));

    private static final int LEVELS_MAX = 40;
    private static final int KEPT = 8;

    private record Kept(long sequence, long[] bids, long[] asks) {}

    private final Random random;
    private final BookSide bids = BookSide.bids();
    private final BookSide asks = BookSide.asks();
    private final Kept[] kept = new Kept[KEPT];
    private long sequence;

    ReferenceBook(Random random) {
        this.random = random;
        Arrays.fill(kept, new Kept(0, new long[0], new long[0]));
    }

    BookMessage whole() {
        return message(true, 0, levels(bids), levels(asks));
    }

    /** One level changes: mostly near the best, often at the best itself; never so that bids meet asks. */
    BookMessage change() {
        boolean bid = random.nextBoolean();
        BookSide own = bid ? bids : asks;
        BookSide other = bid ? asks : bids;
        int sign = bid ? -1 : 1;
        long best = own.size() == 0 ? 6_400_000 + sign * 10 : own.ticks(0);
        long limit = (other.size() == 0 ? best - sign * 20L : other.ticks(0)) + sign;
        long near = best + sign * (long) (random.nextDouble() * random.nextDouble() * 60 - 3);
        long ticks = (near - limit) * sign < 0 ? limit : near;
        long lots = random.nextDouble() < 0.4 || own.size() > LEVELS_MAX ? 0 : 1 + random.nextInt(20_000);
        own.put(ticks, lots);
        long previous = sequence++;
        kept[(int) (sequence % KEPT)] = new Kept(sequence, levels(bids), levels(asks));
        long[] changed = {ticks, lots};
        return message(false, previous, bid ? changed : new long[0], bid ? new long[0] : changed);
    }

    /** Whether these are the levels of the book as it was at this sequence, a moment ago at most. */
    boolean was(long when, BookSide theirBids, BookSide theirAsks) {
        Kept then = kept[(int) (when % KEPT)];
        return then.sequence == when
                && Arrays.equals(then.bids, levels(theirBids))
                && Arrays.equals(then.asks, levels(theirAsks));
    }

    private BookMessage message(boolean whole, long previous, long[] changedBids, long[] changedAsks) {
        long checksum = Checksum.of(bids, asks, STEPS);
        return new BookMessage(whole, previous, sequence, checksum, 0, changedBids, changedAsks, sequence);
    }

    private static long[] levels(BookSide side) {
        long[] levels = new long[2 * side.size()];
        for (int rank = 0; rank < side.size(); rank++) {
            levels[2 * rank] = side.ticks(rank);
            levels[2 * rank + 1] = side.lots(rank);
        }
        return levels;
    }

    /** Says what it is given, but for one in a hundred of each: lost, twice, or behind the next one. */
    static final class FaultyWire {
        private final Random random;
        private final Consumer<BookMessage> said;
        private final ArrayDeque<BookMessage> held = new ArrayDeque<>();

        FaultyWire(Random random, Consumer<BookMessage> said) {
            this.random = random;
            this.said = said;
        }

        void say(BookMessage message) {
            double chance = random.nextDouble();
            if (chance < 0.01) {
                held.add(message);
                return;
            }
            if (chance >= 0.02) {
                said.accept(message);
            }
            if (chance > 0.99) {
                said.accept(message);
            }
            for (BookMessage late = held.poll(); late != null; late = held.poll()) {
                said.accept(late);
            }
        }
    }
}
