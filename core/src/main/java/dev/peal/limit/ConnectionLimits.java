package dev.peal.limit;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many connections may be open at once, from one address and in all. WebSockets, event streams and waiting polls count alike. Thread-safe; remembers only
 * addresses that are connected.
 */
public final class ConnectionLimits {
    /** From one address, unless configured otherwise (PROTOCOL 1.1). */
    public static final int PER_ADDRESS_DEFAULT = 10;

    /** Whether a connection may stay. */
    public enum Admission {
        /** It counts now: {@link #release} it when it ends. */
        ADMITTED,
        /** Its address has as many as it may: close 1008 {@code Too many connections from this IP}. */
        ADDRESS_FULL,
        /** The server has as many as it may: close 1013. */
        SERVER_FULL
    }

    private final int perAddressMax;
    private final int connectionsMax;
    private final AtomicInteger connections = new AtomicInteger();
    private final ConcurrentHashMap<AddressKey, Integer> byAddress = new ConcurrentHashMap<>();

    /**
     * @param perAddressMax at least 1; {@link Integer#MAX_VALUE} for no limit
     * @param connectionsMax at least 1; {@link Integer#MAX_VALUE} for no limit
     */
    public ConnectionLimits(int perAddressMax, int connectionsMax) {
        if (perAddressMax < 1 || connectionsMax < 1) {
            throw new IllegalArgumentException("a connection limit is at least 1");
        }
        this.perAddressMax = perAddressMax;
        this.connectionsMax = connectionsMax;
    }

    /** Counts a new connection, if it may stay. */
    public Admission acquire(AddressKey address) {
        if (!takeOne()) {
            return Admission.SERVER_FULL;
        }
        if (!takeOne(address)) {
            connections.decrementAndGet();
            return Admission.ADDRESS_FULL;
        }
        return Admission.ADMITTED;
    }

    /**
     * Ends a connection; exactly once for each that was admitted.
     *
     * @throws IllegalStateException if none of this address is open
     */
    public void release(AddressKey address) {
        byAddress.compute(address, (key, open) -> {
            if (open == null) {
                throw new IllegalStateException("released more often than acquired");
            }
            return open == 1 ? null : open - 1;
        });
        connections.decrementAndGet();
    }

    /** Connections open now. */
    public int connections() {
        return connections.get();
    }

    /** Connections of an address open now. */
    public int connections(AddressKey address) {
        return byAddress.getOrDefault(address, 0);
    }

    private boolean takeOne() {
        int before = connections.getAndUpdate(open -> open < connectionsMax ? open + 1 : open);
        return before < connectionsMax;
    }

    private boolean takeOne(AddressKey address) {
        var taken = new boolean[1];
        byAddress.compute(address, (key, open) -> {
            int before = open == null ? 0 : open;
            taken[0] = before < perAddressMax;
            return taken[0] ? Integer.valueOf(before + 1) : open;
        });
        return taken[0];
    }
}
