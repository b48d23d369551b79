package dev.peal.market.agents;

/** Someone who wakes up now and then and does something. */
interface Agent {
    /**
     * Acts.
     *
     * @return nanoseconds until it wants to wake again; 1 or more
     */
    long wake(long nowNanos);
}
