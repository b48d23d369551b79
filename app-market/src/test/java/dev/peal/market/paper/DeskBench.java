package dev.peal.market.paper;

import dev.peal.market.book.Side;
import dev.peal.market.book.Symbol;
import dev.peal.market.exchange.EngineLimits;
import dev.peal.market.exchange.Venue;
import dev.peal.market.source.ExchangeConfig;
import dev.peal.market.source.Listing;
import dev.peal.market.source.RecordingSink;
import dev.peal.market.wire.MarketAction;
import dev.peal.market.wire.MarketAction.PlaceType;
import dev.peal.testkit.ManualClock;
import dev.peal.testkit.ManualOwner;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** A desk whose exchange runs by a test's clock, and what it told whom. */
final class DeskBench {
    static final String ANN = "ann";
    static final String BEN = "ben";

    final List<String> told = new ArrayList<>();
    final PaperDesk desk;
    final Symbol btc;
    private final ManualClock clock = new ManualClock();
    private final ManualOwner owner = new ManualOwner(clock);

    DeskBench(long seed, PaperLimits limits) {
        desk = new PaperDesk(
                Listing.defaults(), new ExchangeConfig(seed, 30, 10, EngineLimits.DEFAULT), limits, new Told());
        btc = desk.exchange().symbols().getFirst();
        owner.run(() -> desk.exchange().start(owner, clock, new RecordingSink()));
    }

    void seconds(int seconds) {
        for (int i = 0; i < seconds * 100; i++) {
            clock.advanceMillis(10);
            owner.runReady();
        }
    }

    <T> T inside(Supplier<T> work) {
        List<T> answer = new ArrayList<>();
        owner.run(() -> answer.add(work.get()));
        return answer.getFirst();
    }

    PaperReply place(String user, Side side, PlaceType type, String price, String size, String name) {
        return place(
                user,
                new MarketAction.Place(
                        btc.name(),
                        side,
                        type,
                        Optional.of(price).filter(text -> !text.isEmpty()),
                        size,
                        Optional.of(name).filter(text -> !text.isEmpty())));
    }

    PaperReply place(String user, MarketAction.Place order) {
        return inside(() -> desk.place(user, order));
    }

    PaperReply cancel(String user, long orderId) {
        return inside(() -> desk.cancel(user, new MarketAction.Cancel(Optional.of(orderId), Optional.empty())));
    }

    PaperReply cancel(String user, String name) {
        return inside(() -> desk.cancel(user, new MarketAction.Cancel(Optional.empty(), Optional.of(name))));
    }

    AccountView view(String user) {
        return inside(() -> desk.view(user));
    }

    Venue venue() {
        return desk.exchange().venue(btc);
    }

    /** A price so many ticks from the best of a side: positive into the spread. */
    String price(Side side, long ticksInside) {
        return btc.tick().text(venue().priceTicks(side, 0) + (side == Side.BUY ? ticksInside : -ticksInside));
    }

    static PaperOrder done(PaperReply reply) {
        if (reply instanceof PaperReply.Done done) {
            return done.order();
        }
        throw new AssertionError("not done: " + reply);
    }

    static PaperFault fault(PaperReply reply) {
        if (reply instanceof PaperReply.Refused refused) {
            return refused.fault();
        }
        throw new AssertionError("not refused: " + reply);
    }

    private final class Told implements PaperListener {
        @Override
        public void filled(String user, PaperFill fill) {
            told.add(user + " fill " + fill.fill().orderId() + " " + fill.fill().side() + " "
                    + fill.fill().lots() + " left " + fill.fill().lotsLeft()
                    + fill.clientOrderId().map(name -> " " + name).orElse(""));
        }

        @Override
        public void changed(String user, PaperOrder order) {
            told.add(user + " order " + order.orderId() + " filled " + order.filledLots() + " of " + order.lots());
        }
    }
}
