package dev.peal.market.wire;

import dev.peal.market.book.Digits;
import dev.peal.market.book.Symbol;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The 12-byte price frame ({@code binary=1}), big-endian: uint32 symbol id, float32 price, uint32 size of the last trade in lots, 2^32 - 1 standing for more. The price
 * is the float32 nearest to the float64 nearest to it: seven digits, for those whom that is enough.
 */
public record PriceFrame(int symbolId, float price, long lots) {
    public static final int BYTES = 12;

    private static final long LOTS_MAX = 0xFFFF_FFFFL;
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    /** Writes one frame behind what is in the buffer already. */
    public static void write(WireBuffer out, Symbol symbol, long priceTicks, long lots) {
        int at = out.reserve(BYTES);
        byte[] bytes = out.array();
        INT.set(bytes, at, symbol.id());
        INT.set(bytes, at + 4, Float.floatToIntBits(price(symbol, priceTicks)));
        INT.set(bytes, at + 8, (int) Math.min(lots, LOTS_MAX));
    }

    /** Reads the frame at a place that has 12 bytes. */
    public static PriceFrame read(byte[] bytes, int at) {
        return new PriceFrame(
                (int) INT.get(bytes, at),
                Float.intBitsToFloat((int) INT.get(bytes, at + 4)),
                (int) INT.get(bytes, at + 8) & LOTS_MAX);
    }

    private static float price(Symbol symbol, long ticks) {
        // Both are whole numbers below 2^53, so the quotient is the float64 nearest to the price.
        return (float) ((double) symbol.tick().inUnits(ticks)
                / Digits.powerOfTen(symbol.tick().places()));
    }
}
