package dev.peal.market.paper;

import java.util.Locale;

/** Why an order or a cancellation was refused, which changed nothing; the name in lower case is on the wire. */
public enum PaperFault {
    UNKNOWN_SYMBOL("There is no such symbol."),
    PRICE_NOT_A_NUMBER("The price is no number."),
    PRICE_NOT_POSITIVE("The price is not above zero."),
    PRICE_TOO_LARGE("The price is above the limit of the exchange."),
    PRICE_OFF_TICK("The price is not a whole number of the symbol's ticks."),
    SIZE_NOT_A_NUMBER("The size is no number."),
    SIZE_NOT_POSITIVE("The size is not above zero."),
    SIZE_TOO_LARGE("The size is above the limit of the exchange."),
    SIZE_OFF_LOT("The size is not a whole number of the symbol's lots."),
    /** The money that is there, less what open orders may take, is not enough. */
    INSUFFICIENT_FUNDS("The account has not the money for this order and those that are open."),
    /** The units that are there, less what open orders may take, are not enough. */
    INSUFFICIENT_POSITION("The account has not the units for this order and those that are open."),
    TOO_MANY_ORDERS("The account has as many open orders as it may have."),
    TOO_MANY_ACCOUNTS("The exchange has as many accounts as it may have."),
    BOOK_FULL("The symbol's book holds as many orders as it may."),
    /** None of the account's own that is open; whether it is somebody else's is not told. */
    UNKNOWN_ORDER("The account has no such open order."),
    /** The account gave this name to another order. */
    DUPLICATE_ORDER("An order with other content has this clientOrderId.");

    private final String wire = name().toLowerCase(Locale.ROOT);
    private final String sentence;

    PaperFault(String sentence) {
        this.sentence = sentence;
    }

    /** The stable name on the wire. */
    public String wire() {
        return wire;
    }

    /** The same for people. */
    public String sentence() {
        return sentence;
    }
}
