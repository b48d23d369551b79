package dev.peal.market.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.market.Seeded;
import dev.peal.market.book.BookChecksum;
import dev.peal.market.book.BookDelta;
import dev.peal.market.book.BookSnapshot;
import dev.peal.market.book.OrderBook;
import dev.peal.market.book.Side;
import dev.peal.market.book.Symbol;
import dev.peal.testkit.ManualClock;
import dev.peal.testkit.ManualOwner;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * PROMISES 67 and 68 without the network: a reader of book updates of which one in a hundred is lost, doubled or comes late, by the rules of PROTOCOL.md. 100,000 updates
 * and 1,000 joins here, 10,000,000 and 10,000 nightly.
 */
class LossyReaderTest {
    private static final Symbol A = Symbol.of("A", 1, "0.01", "1");
    private static final int UPDATES = Seeded.count(100_000, 10_000_000);
    private static final int JOINS = Seeded.count(1_000, 10_000);
    private static final int REMEMBERED = 64;

    private final ManualOwner owner = new ManualOwner(new ManualClock());
    private final List<BookUpdate> sent = new ArrayList<>();
    private final Market market =
            new Market(List.of(A), owner, change -> change.book().ifPresent(sent::add));
    private final OrderBook truth = new OrderBook();

    @Test
    void aReaderThatSaysItIsRightIsRight() {
        Seeded.run(random -> {
            Map<Long, BookSnapshot> truths = new LinkedHashMap<>() {
                @Override
                protected boolean removeEldestEntry(Map.Entry<Long, BookSnapshot> eldest) {
                    return size() > REMEMBERED;
                }
            };
            Reader reader = new Reader();
            truths.put(0L, BookSnapshot.EMPTY);
            List<BookUpdate> late = new ArrayList<>();
            int resyncs = 0;
            for (int i = 0; i < UPDATES; i++) {
                change(random, 1 + random.nextInt(3));
                BookUpdate update = sent.removeFirst();
                truths.put(update.sequence(), truth.snapshot());
                List<BookUpdate> arriving = new ArrayList<>();
                switch (random.nextInt(300)) {
                    case 0 -> {}
                    case 1 -> arriving.addAll(List.of(update, update));
                    case 2 -> late.add(update);
                    default -> arriving.add(update);
                }
                if (random.nextInt(3) == 0) {
                    arriving.addAll(late);
                    late.clear();
                }
                for (BookUpdate one : arriving) {
                    if (!reader.take(one)) {
                        resyncs++;
                        owner.run(() -> reader.begin(market.view(A)));
                        sent.clear();
                    }
                    assertThat(reader.book.snapshot()).isEqualTo(truths.get(reader.sequence));
                }
            }
            assertThat(resyncs).isGreaterThan(UPDATES / 1_000);
        });
    }

    @Test
    void aLevelThatGoesWrongOnTheWayIsFoundByTheChecksumWhereverItIsInTheTop() {
        Seeded.run(random -> {
            int wrong = 0;
            Reader reader = new Reader();
            for (int i = 0; i < UPDATES / 10; i++) {
                change(random, 1);
                BookUpdate update = sent.removeFirst();
                BookUpdate damaged = random.nextInt(20) == 0 ? damaged(random, update) : update;
                boolean said = reader.take(damaged);
                boolean right = reader.book.top(10).equals(truth.top(10));
                assertThat(said).isEqualTo(right);
                if (!said || !reader.book.snapshot().equals(truth.snapshot())) {
                    wrong++;
                    owner.run(() -> reader.begin(market.view(A)));
                }
            }
            assertThat(wrong).isGreaterThan(UPDATES / 1_000);
        });
    }

    @Test
    void whoeverJoinsAtAnyInstantHasTheBookOfItsSequenceAndGoesOnFromThere() {
        Seeded.run(random -> {
            for (int i = 0; i < JOINS; i++) {
                Reader reader = new Reader();
                int after = random.nextInt(20);
                for (int n = 0; n < after; n++) {
                    change(random, 1);
                }
                int pending = random.nextInt(4);
                owner.run(() -> {
                    // Within an iteration, with changes that were not handed on yet.
                    for (int n = 0; n < pending; n++) {
                        apply(random);
                    }
                    sent.clear();
                    SymbolView view = market.view(A);
                    sent.clear();
                    reader.begin(view);
                });
                assertThat(reader.book.snapshot()).isEqualTo(truth.snapshot());
                change(random, 1 + random.nextInt(5));
                for (BookUpdate update : sent) {
                    assertThat(reader.take(update)).isTrue();
                }
                sent.clear();
                assertThat(reader.book.snapshot()).isEqualTo(truth.snapshot());
            }
        });
    }

    /** Some changes within one iteration, and the update that comes of them. */
    private void change(Random random, int changes) {
        owner.execute(() -> {
            for (int n = 0; n < changes; n++) {
                apply(random);
            }
        });
        owner.runReady();
    }

    private void apply(Random random) {
        Side side = random.nextBoolean() ? Side.BUY : Side.SELL;
        long distance = random.nextInt(16);
        BookDelta delta = BookDelta.of(side, side == Side.BUY ? 1_000 - distance : 1_001 + distance, random.nextInt(4));
        truth.apply(delta);
        market.bookChanged(A, delta, 1);
    }

    /** A size that is one more, or a level that is not told. */
    private static BookUpdate damaged(Random random, BookUpdate update) {
        BookDelta delta = BookDelta.NONE;
        for (Side side : Side.values()) {
            for (int i = 0; i < update.delta().levels(side).size(); i++) {
                long price = update.delta().levels(side).priceTicks(i);
                long lots = update.delta().levels(side).lots(i);
                delta = random.nextBoolean() ? delta : delta.merge(BookDelta.of(side, price, lots + 1));
            }
        }
        return new BookUpdate(
                update.previous(), update.sequence(), delta, update.top(), update.checksum(), update.timeNanos());
    }

    /** A reader as PROTOCOL.md wants it: it leaves out what it has, and says when something is missing or its book is another one. */
    private static final class Reader {
        private final OrderBook book = new OrderBook();
        private final BookChecksum checksum = new BookChecksum(A);
        private long sequence;

        private void begin(SymbolView view) {
            book.replace(view.book());
            sequence = view.bookSequence();
            assertThat(checksum.of(book)).isEqualTo(view.bookChecksum());
        }

        private boolean take(BookUpdate update) {
            if (update.sequence() <= sequence) {
                return true;
            }
            if (update.previous() > sequence) {
                return false;
            }
            book.apply(update.delta());
            sequence = update.sequence();
            return checksum.of(book) == update.checksum();
        }
    }
}
