package dev.peal.market.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.market.Seeded;
import dev.peal.market.book.ReferenceBook;
import dev.peal.market.book.Side;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Random orders, cancellations of own, others' and unknown orders: 1,000,000 here, 10,000,000 nightly. */
class RandomOrdersTest {
    private static final int ORDERS = Seeded.count(1_000_000, 10_000_000);
    private static final int ACCOUNTS = 8;
    private static final EngineLimits LIMITS = new EngineLimits(512, 64, 10_000, 1_000);

    @Test
    void everyEventIsThatOfAPlainReferenceExchange() {
        Seeded.run(random -> {
            EventLog log = new EventLog();
            EventLog expected = new EventLog();
            MatchingEngine engine = new MatchingEngine(LIMITS, log);
            ReferenceExchange reference = new ReferenceExchange(expected);
            Stream stream = new Stream(random);
            for (int i = 0; i < ORDERS; i++) {
                stream.next(engine.newestOrderId());
                if (stream.cancels) {
                    engine.cancel(stream.id, stream.account);
                    reference.cancel(stream.id, stream.account);
                } else {
                    Placement placement = engine.place(
                            stream.id, stream.account, stream.side, stream.type, stream.price, stream.lots);
                    if (placement.accepted()) {
                        reference.place(stream.id, stream.account, stream.side, stream.type, stream.price, stream.lots);
                    }
                }
                assertThat(log.take()).isEqualTo(expected.take());
            }
        });
    }

    @Test
    void moneyAndUnitsAreNeitherMadeNorLost() {
        Seeded.run(random -> {
            Ledger ledger = new Ledger();
            MatchingEngine engine = new MatchingEngine(LIMITS, ledger);
            long deposited = 0;
            for (int account = 0; account < ACCOUNTS; account++) {
                long cash = random.nextInt(1_000_000);
                ledger.accounts.deposit(account, cash);
                deposited += cash;
            }
            Stream stream = new Stream(random);
            for (int i = 0; i < ORDERS; i++) {
                stream.next(engine.newestOrderId());
                if (stream.cancels) {
                    engine.cancel(stream.id, stream.account);
                } else {
                    engine.place(stream.id, stream.account, stream.side, stream.type, stream.price, stream.lots);
                }
                assertThat(ledger.accounts.totalCash()).isEqualTo(deposited);
                assertThat(ledger.accounts.totalLots()).isZero();
            }
            assertThat(ledger.trades).isGreaterThan(ORDERS / 20);
            ledger.assertEveryLotIsAccountedFor(engine);
        });
    }

    @Test
    void theBookIsThatOfAPlainReferenceBookAfterEveryEventAndNeverCrossed() {
        Seeded.run(random -> {
            BookFromOrders book = new BookFromOrders();
            MatchingEngine engine = new MatchingEngine(LIMITS, book);
            Stream stream = new Stream(random);
            for (int i = 0; i < ORDERS; i++) {
                stream.next(engine.newestOrderId());
                if (stream.cancels) {
                    engine.cancel(stream.id, stream.account);
                } else {
                    engine.place(stream.id, stream.account, stream.side, stream.type, stream.price, stream.lots);
                }
                assertThat(engine.snapshot()).isEqualTo(book.fromOrders.snapshot());
                assertThat(engine.snapshot()).isEqualTo(book.fromLevels.snapshot());
            }
        });
    }

    /** What comes next. Prices drift, so that levels come and go; some orders break a limit; most cancellations are of orders that are there. */
    private static final class Stream {
        private static final OrderType[] TYPES = OrderType.values();

        private final Random random;
        private long middle = 5_000;
        private boolean cancels;
        private long id;
        private int account;
        private Side side = Side.BUY;
        private OrderType type = OrderType.LIMIT;
        private long price;
        private long lots;

        private Stream(Random random) {
            this.random = random;
        }

        private void next(long newestId) {
            account = random.nextInt(ACCOUNTS);
            cancels = random.nextInt(5) < 2;
            if (cancels) {
                id = Math.max(0, newestId - random.nextInt(300));
                return;
            }
            id = newestId + 1;
            middle = Math.clamp(middle + random.nextInt(3) - 1, 100, 9_900);
            side = random.nextBoolean() ? Side.BUY : Side.SELL;
            type = random.nextInt(4) == 0 ? TYPES[random.nextInt(TYPES.length)] : OrderType.LIMIT;
            long distance = random.nextInt(30) - 6;
            price = random.nextInt(500) == 0
                    ? random.nextInt(12_000) - 1_000
                    : middle + (side == Side.BUY ? -distance : distance);
            lots = random.nextInt(500) == 0 ? random.nextInt(1_200) - 100 : 1 + random.nextInt(20);
        }
    }

    /** Settles every trade, and follows every lot of every order. */
    private static final class Ledger implements EngineListener {
        private final Accounts accounts = new Accounts();
        private final Map<Long, Long> open = new HashMap<>();
        private long trades;

        @Override
        public void accepted(long orderId, int account, Side side, OrderType type, long priceTicks, long lots) {
            open.put(orderId, lots);
        }

        @Override
        public void traded(Match match) {
            trades++;
            assertThat(match.lots()).isPositive();
            assertThat(match.makerAccount()).isNotEqualTo(match.takerAccount());
            open.merge(match.makerOrderId(), -match.lots(), Long::sum);
            open.merge(match.takerOrderId(), -match.lots(), Long::sum);
            accounts.settle(match);
        }

        @Override
        public void rested(long orderId, int account, Side side, long priceTicks, long lots) {
            assertThat(open).containsEntry(orderId, lots);
        }

        @Override
        public void cancelled(long orderId, int account, long lots, CancelReason reason) {
            assertThat(open.remove(orderId)).isEqualTo(lots);
        }

        @Override
        public void levelChanged(Side side, long priceTicks, long lots) {}

        private void assertEveryLotIsAccountedFor(MatchingEngine engine) {
            long resting = 0;
            for (Map.Entry<Long, Long> order : open.entrySet()) {
                assertThat(engine.lotsLeft(order.getKey())).isEqualTo(order.getValue());
                resting += order.getValue();
            }
            long inTheBook = 0;
            for (Side side : Side.values()) {
                for (int rank = 0; rank < engine.levels(side); rank++) {
                    inTheBook += engine.lots(side, rank);
                }
            }
            assertThat(inTheBook).isEqualTo(resting);
        }
    }

    /** Two books: one made of what happens to orders, one of what the engine says of levels. */
    private static final class BookFromOrders implements EngineListener {
        private final ReferenceBook fromOrders = new ReferenceBook();
        private final ReferenceBook fromLevels = new ReferenceBook();
        private final Map<Long, long[]> resting = new HashMap<>();

        @Override
        public void accepted(long orderId, int account, Side side, OrderType type, long priceTicks, long lots) {}

        @Override
        public void traded(Match match) {
            fromOrders.add(match.takerSide().opposite(), match.priceTicks(), -match.lots());
            if (match.makerLotsLeft() == 0) {
                resting.remove(match.makerOrderId());
            }
        }

        @Override
        public void rested(long orderId, int account, Side side, long priceTicks, long lots) {
            fromOrders.add(side, priceTicks, lots);
            resting.put(orderId, new long[] {side.ordinal(), priceTicks});
        }

        @Override
        public void cancelled(long orderId, int account, long lots, CancelReason reason) {
            long[] order = resting.remove(orderId);
            if (order != null) {
                fromOrders.add(Side.values()[(int) order[0]], order[1], -lots);
            }
        }

        @Override
        public void levelChanged(Side side, long priceTicks, long lots) {
            fromLevels.set(side, priceTicks, lots);
            assertThat(fromLevels.crossed()).isFalse();
        }
    }
}
