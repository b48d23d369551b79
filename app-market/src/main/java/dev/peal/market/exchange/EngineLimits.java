package dev.peal.market.exchange;

/**
 * How much an engine may hold. Its memory is allocated up front by these.
 *
 * @param ordersMax resting orders
 * @param levelsMax prices with resting orders, on each side
 * @param priceTicksMax the highest price of an order
 * @param lotsMax the largest size of an order
 */
public record EngineLimits(int ordersMax, int levelsMax, long priceTicksMax, long lotsMax) {
    /** For a market that people watch: 65,536 orders on 8,192 levels; prices up to 10^11 ticks, sizes up to ten million lots. */
    public static final EngineLimits DEFAULT = new EngineLimits(1 << 16, 1 << 13, 100_000_000_000L, 10_000_000L);

    private static final int ORDERS_MAX = 1 << 26;
    /** Sums of a whole side, and of an order's value, stay within a {@code long} with room to spare. */
    private static final long PRODUCT_MAX = 1L << 62;

    public EngineLimits {
        if (ordersMax < 1 || ordersMax > ORDERS_MAX || levelsMax < 1 || levelsMax > ORDERS_MAX) {
            throw new IllegalArgumentException("orders and levels: 1 to " + ORDERS_MAX);
        }
        if (priceTicksMax < 1 || lotsMax < 1 || priceTicksMax > PRODUCT_MAX / lotsMax) {
            throw new IllegalArgumentException("the value of the largest order at the highest price must fit in 2^62");
        }
        if (lotsMax > PRODUCT_MAX / ordersMax) {
            throw new IllegalArgumentException(
                    "as many of the largest orders as the book may hold must fit in 2^62 lots");
        }
    }
}
