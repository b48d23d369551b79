package dev.peal.market.live;

/** Up-port: hears of every change, on the market's owner. Never blocks, never throws, never calls back. */
public interface MarketListener {
    void changed(MarketChange change);
}
