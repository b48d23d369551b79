package dev.peal.client.market;

import java.util.OptionalLong;

/**
 * How a client's connection does.
 *
 * @param connections how many there were; 1: it never broke
 * @param roundTripMillis of the newest ping, there and back; one each 5 s
 * @param delayMillis from the server's clock to this one, of the newest event: its age, where both clocks are right
 */
public record MarketHealth(
        long connections, OptionalLong roundTripMillis, OptionalLong delayMillis, long messages, long bytes) {}
