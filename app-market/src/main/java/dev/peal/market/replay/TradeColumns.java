package dev.peal.market.replay;

import dev.peal.market.book.Digits;
import dev.peal.market.book.Step;
import java.util.Arrays;

/** Trades of one symbol as they were written, a column for each field: a recording of millions is a few arrays. */
final class TradeColumns {
    private static final int INITIAL_TRADES = 1_024;
    private long[] times = new long[INITIAL_TRADES];
    private long[] ids = new long[INITIAL_TRADES];
    private boolean[] buys = new boolean[INITIAL_TRADES];
    private final Numbers prices = new Numbers();
    private final Numbers sizes = new Numbers();
    private int size;

    void add(long timeMillis, long id, boolean buy, Step price, Step lots) {
        if (size == times.length) {
            times = Arrays.copyOf(times, size * 2);
            ids = Arrays.copyOf(ids, size * 2);
            buys = Arrays.copyOf(buys, size * 2);
        }
        times[size] = timeMillis;
        ids[size] = id;
        buys[size] = buy;
        prices.add(size, price);
        sizes.add(size, lots);
        size++;
    }

    int size() {
        return size;
    }

    long timeMillis(int index) {
        return times[index];
    }

    long id(int index) {
        return ids[index];
    }

    boolean buys(int index) {
        return buys[index];
    }

    /** In units of so many places. */
    long price(int index, int places) {
        return prices.inUnits(index, places);
    }

    long lots(int index, int places) {
        return sizes.inUnits(index, places);
    }

    Numbers prices() {
        return prices;
    }

    Numbers sizes() {
        return sizes;
    }

    /** Decimals, each with the places that it was written with. */
    static final class Numbers {
        private long[] units = new long[INITIAL_TRADES];
        private byte[] places = new byte[INITIAL_TRADES];
        private int placesMax;
        private long wholeMax;

        /** The most places that one was written with. */
        int placesMax() {
            return placesMax;
        }

        /** Whether all of them, this one included, have at most 15 digits when written with the places of the one that has most. */
        boolean holds(Step number) {
            int most = Math.max(placesMax, number.places());
            long whole = Math.max(wholeMax, number.units() / Digits.powerOfTen(number.places()));
            return whole < Digits.powerOfTen(Step.DIGITS_MAX - most);
        }

        private void add(int index, Step number) {
            if (index == units.length) {
                units = Arrays.copyOf(units, index * 2);
                places = Arrays.copyOf(places, index * 2);
            }
            units[index] = number.units();
            places[index] = (byte) number.places();
            placesMax = Math.max(placesMax, number.places());
            wholeMax = Math.max(wholeMax, number.units() / Digits.powerOfTen(number.places()));
        }

        private long inUnits(int index, int wanted) {
            return units[index] * Digits.powerOfTen(wanted - places[index]);
        }
    }
}
