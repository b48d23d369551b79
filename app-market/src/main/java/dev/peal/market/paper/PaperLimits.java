package dev.peal.market.paper;

/**
 * How much people may do.
 *
 * @param startMoney what an account begins with, in whole units of the money that prices are in
 * @param accountsMax accounts, until the server stops; one is opened by a user's first order
 * @param openOrdersMax resting orders of one account
 * @param peoplesOrdersMax resting orders of all people in one symbol's book, so that they leave room for the agents
 * @param remembered an account's newest orders that are done, by which a repetition is recognised, and its newest fills
 */
public record PaperLimits(long startMoney, int accountsMax, int openOrdersMax, int peoplesOrdersMax, int remembered) {
    public static final PaperLimits DEFAULT = new PaperLimits(100_000, 10_000, 100, 4_096, 50);

    public PaperLimits {
        if (startMoney < 1 || accountsMax < 1 || openOrdersMax < 1 || peoplesOrdersMax < 1 || remembered < 1) {
            throw new IllegalArgumentException("limits of paper trading are positive");
        }
    }
}
