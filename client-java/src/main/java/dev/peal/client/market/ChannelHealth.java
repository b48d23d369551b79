package dev.peal.client.market;

/**
 * What one channel of a symbol went through since the client was made.
 *
 * @param sequence of the newest message; 0: none yet
 * @param skipped sequences that the server said it leaves out
 * @param gaps times that sequences were missing and nobody had said so
 * @param duplicates messages that came again, or behind a newer one
 */
public record ChannelHealth(long sequence, long skipped, long gaps, long duplicates) {
    static final ChannelHealth NOTHING = new ChannelHealth(0, 0, 0, 0);
}
