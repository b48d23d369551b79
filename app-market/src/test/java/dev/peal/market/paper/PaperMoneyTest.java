package dev.peal.market.paper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.market.Seeded;
import dev.peal.market.book.Side;
import dev.peal.market.book.Symbol;
import dev.peal.market.exchange.Accounts;
import dev.peal.market.exchange.Venue;
import dev.peal.market.wire.MarketAction;
import dev.peal.market.wire.MarketAction.PlaceType;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Users who place and cancel at random, right and wrong, among the agents. */
class PaperMoneyTest {
    private static final int STEPS = Seeded.count(3_000, 100_000);
    private static final int USERS = 6;
    private static final PlaceType[] TYPES = PlaceType.values();

    @Test
    void moneyAndUnitsAreNeitherMadeNorLostAndNobodyOwesAnything() {
        Seeded.run(random -> {
            DeskBench bench = new DeskBench(random.nextLong(), PaperLimits.DEFAULT);
            List<Symbol> symbols = bench.desk.exchange().symbols();
            int placed = 0;
            for (int step = 0; step < STEPS; step++) {
                String user = "user" + random.nextInt(USERS);
                Symbol symbol = symbols.get(random.nextInt(symbols.size()));
                if (random.nextInt(4) == 0) {
                    long newest = bench.desk.exchange().newestOrderId(symbol);
                    List<PaperOrder> open = bench.view(user).open();
                    bench.cancel(
                            user,
                            open.isEmpty()
                                    ? Math.max(1, newest - random.nextInt(50))
                                    : open.get(random.nextInt(open.size())).orderId());
                } else if (bench.place(user, order(random, bench, symbol)) instanceof PaperReply.Done) {
                    placed++;
                }
                if (random.nextInt(50) == 0) {
                    bench.seconds(1);
                }
                for (int i = 0; i < USERS; i++) {
                    check(bench.view("user" + i));
                }
                symbols.forEach(each -> check(bench.desk.exchange().venue(each).accounts()));
            }
            assertThat(placed).isGreaterThan(STEPS / 10);
            assertThat(bench.told).hasSizeGreaterThan(STEPS / 10);
        });
    }

    private static MarketAction.Place order(Random random, DeskBench bench, Symbol symbol) {
        Venue venue = bench.desk.exchange().venue(symbol);
        Side side = random.nextBoolean() ? Side.BUY : Side.SELL;
        PlaceType type = TYPES[random.nextInt(TYPES.length)];
        long ticks = Math.max(1, venue.lastPriceTicks() + random.nextInt(2_001) - 1_000);
        Optional<String> price = type == PlaceType.MARKET
                ? Optional.empty()
                : Optional.of(symbol.tick().text(ticks));
        long lots = 1 + random.nextInt(random.nextInt(20) == 0 ? 100_000 : 2_000);
        return new MarketAction.Place(
                symbol.name(), side, type, price, symbol.lot().text(lots), Optional.empty());
    }

    private static void check(AccountView account) {
        assertThat(account.cash()).isNotNegative();
        assertThat(account.reserved()).isBetween(0L, account.cash());
        assertThat(account.positions()).allMatch(position -> position.lots() >= 0);
        assertThat(account.equity()).isEqualTo(account.start() + account.realised() + account.unrealised());
    }

    private static void check(Accounts accounts) {
        assertThat(accounts.totalCash()).isZero();
        assertThat(accounts.totalLots()).isZero();
    }
}
