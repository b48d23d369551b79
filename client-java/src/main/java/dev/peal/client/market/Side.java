package dev.peal.client.market;

/** Who buys or sells; of a trade the side that took. */
public enum Side {
    BUY("buy"),
    SELL("sell");

    private final String wire;

    Side(String wire) {
        this.wire = wire;
    }

    String wire() {
        return wire;
    }

    static Side of(String wire) {
        return wire.equals("buy") ? BUY : SELL;
    }
}
