package dev.peal.market.paper;

import dev.peal.market.book.Digits;
import dev.peal.market.book.Step;
import dev.peal.market.book.Symbol;
import java.util.List;

/** One step for the money of several symbols: what one lot costs at one tick is a whole number of it, whatever the symbol. All prices count as prices in one money. */
final class Money {
    private final Step step;

    /** @throws IllegalArgumentException where the step would have more places than a step may have */
    Money(List<Symbol> symbols) {
        step = Step.ofPlaces(symbols.stream().mapToInt(Money::places).max().orElse(0));
    }

    Step step() {
        return step;
    }

    /** @throws ArithmeticException where it is too much */
    long ofWhole(long units) {
        return Math.multiplyExact(units, Digits.powerOfTen(step.places()));
    }

    /** What so many lots cost at one tick, or any sum of those; what is too much stands at the largest value. */
    long of(Symbol symbol, long tickLots) {
        long perTickLot =
                symbol.tick().units() * symbol.lot().units() * Digits.powerOfTen(step.places() - places(symbol));
        long low = tickLots * perTickLot;
        if (Math.multiplyHigh(tickLots, perTickLot) == low >> 63) {
            return low;
        }
        return tickLots < 0 ? -Long.MAX_VALUE : Long.MAX_VALUE;
    }

    private static int places(Symbol symbol) {
        return symbol.tick().places() + symbol.lot().places();
    }
}
