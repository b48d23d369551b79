package dev.peal.market.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.market.Seeded;
import dev.peal.market.book.Side;
import org.junit.jupiter.api.Test;

class AccountsTest {
    private static final int ANN = 0;
    private static final int BEN = 100;

    private final Accounts accounts = new Accounts();

    @Test
    void aTradeMovesMoneyOneWayAndUnitsTheOther() {
        trade(ANN, Side.BUY, BEN, 100, 3);
        assertThat(accounts.cash(ANN)).isEqualTo(-300);
        assertThat(accounts.lots(ANN)).isEqualTo(3);
        assertThat(accounts.cash(BEN)).isEqualTo(300);
        assertThat(accounts.lots(BEN)).isEqualTo(-3);
    }

    @Test
    void whatUnitsCostIsTheirAverage() {
        trade(ANN, Side.BUY, BEN, 100, 3);
        trade(ANN, Side.BUY, BEN, 120, 1);
        assertThat(accounts.cost(ANN)).isEqualTo(420);
        trade(ANN, Side.SELL, BEN, 130, 2);
        assertThat(accounts.cost(ANN)).isEqualTo(210);
        assertThat(accounts.cash(ANN) + accounts.cost(ANN)).as("won so far").isEqualTo(2 * (130 - 105));
        assertThat(accounts.cost(BEN)).isEqualTo(-210);
    }

    @Test
    void aTradeBeyondWhatIsHeldClosesItAndOpensTheOtherWay() {
        trade(ANN, Side.BUY, BEN, 100, 3);
        trade(ANN, Side.SELL, BEN, 110, 5);
        assertThat(accounts.lots(ANN)).isEqualTo(-2);
        assertThat(accounts.cost(ANN)).isEqualTo(-220);
        assertThat(accounts.cash(ANN) + accounts.cost(ANN)).isEqualTo(3 * 10);
    }

    @Test
    void anAccountWithoutUnitsHasPaidForNone() {
        Seeded.run(random -> {
            Accounts many = new Accounts();
            for (int i = 0; i < 100_000; i++) {
                Side side = random.nextBoolean() ? Side.BUY : Side.SELL;
                many.settle(match(1, side, 2, 1 + random.nextInt(1_000), 1 + random.nextInt(50)));
                long held = many.lots(1);
                assertThat(many.cost(1) == 0 || Long.signum(many.cost(1)) == Long.signum(held))
                        .isTrue();
                assertThat(many.cost(1)).isEqualTo(-many.cost(2));
                if (held != 0) {
                    assertThat(many.cost(1) / held)
                            .as("the average is a price that was traded")
                            .isBetween(0L, 1_000L);
                }
            }
        });
    }

    @Test
    void sharesOfLargeSumsAreExactToo() {
        trade(ANN, Side.BUY, BEN, 1L << 40, 1L << 22);
        trade(ANN, Side.SELL, BEN, 1L << 40, 1L << 21);
        assertThat(accounts.cost(ANN)).isEqualTo(1L << 61);
    }

    private void trade(int taker, Side side, int maker, long price, long lots) {
        accounts.settle(match(taker, side, maker, price, lots));
    }

    private static Match match(int taker, Side side, int maker, long price, long lots) {
        Match match = new Match();
        match.takerAccount = taker;
        match.makerAccount = maker;
        match.takerSide = side;
        match.priceTicks = price;
        match.lots = lots;
        return match;
    }
}
