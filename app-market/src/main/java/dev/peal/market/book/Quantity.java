package dev.peal.market.book;

/** What a decimal text comes to in a {@link Step}: a count, or the reason why there is none. */
public sealed interface Quantity {
    /**
     * A whole number of steps.
     *
     * @param count 0 or more
     */
    record Exact(long count) implements Quantity {}

    record Refused(Fault fault) implements Quantity {}

    /** Why a text is no quantity, in the order in which it is looked at. */
    enum Fault {
        /** No number as JSON writes them: also {@code NaN}, {@code Infinity}, hexadecimal, an empty text. */
        NOT_A_NUMBER,
        NEGATIVE,
        /** More than 15 digits in units of the step's last place. */
        TOO_LARGE,
        /** Between two steps. */
        OFF_STEP
    }
}
