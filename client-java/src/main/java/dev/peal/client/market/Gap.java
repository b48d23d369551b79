package dev.peal.client.market;

/**
 * Sequences that did not come.
 *
 * @param told the server said that it leaves them out; else they were lost
 */
public record Gap(String symbol, Channel channel, long from, long to, boolean told) {}
