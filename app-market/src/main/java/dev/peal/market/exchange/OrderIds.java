package dev.peal.market.exchange;

/** Counts the orders of all venues of an exchange from 1, so that an id alone says which order is meant. Belongs to the venues' thread. */
public final class OrderIds {
    private long next = 1;

    long next() {
        return next;
    }

    void use() {
        next++;
    }
}
