package dev.peal.limit;

import java.net.InetAddress;
import java.nio.ByteBuffer;

/**
 * What counts as one address: an IPv4 address, or the /64 network of an IPv6 address, since one household has all of it. A mapped IPv4 address
 * ({@code ::ffff:a.b.c.d}) is the IPv4 address.
 *
 * @param bits the IPv4 address in the lower 32 bits, else the upper 64 bits of the IPv6 address; the networks that both could mean ({@code ::/32}) are
 *     reserved and hold no client but {@code ::1}, which is therefore 0
 */
public record AddressKey(long bits) {
    /** The key of an address. */
    public static AddressKey of(InetAddress address) {
        byte[] bytes = IpLiteral.unmapped(address.getAddress());
        if (bytes.length == 4) {
            return new AddressKey(Integer.toUnsignedLong(ByteBuffer.wrap(bytes).getInt()));
        }
        return new AddressKey(ByteBuffer.wrap(bytes).getLong());
    }

    /** The network, as in {@code 192.0.2.1} or {@code 2001:db8:0:0::/64}. */
    @Override
    public String toString() {
        if (bits >>> 32 == 0 && bits != 0) {
            return "%d.%d.%d.%d".formatted(bits >>> 24, bits >>> 16 & 255, bits >>> 8 & 255, bits & 255);
        }
        return "%x:%x:%x:%x::/64".formatted(bits >>> 48, bits >>> 32 & 0xffff, bits >>> 16 & 0xffff, bits & 0xffff);
    }
}
