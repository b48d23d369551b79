package dev.peal.limit;

import java.net.InetAddress;
import java.util.Arrays;

/**
 * A network of addresses: {@code 10.0.0.0/8}, {@code 2001:db8::/32}, or one address without a length. Mapped IPv4 addresses count as IPv4.
 */
public final class Cidr {
    private final byte[] network;
    private final int prefixBits;

    private Cidr(byte[] network, int prefixBits) {
        this.network = network;
        this.prefixBits = prefixBits;
    }

    /**
     * Reads a network (RFC 4632, RFC 4291 2.3).
     *
     * @throws IllegalArgumentException naming what is wrong: no address, a length out of range, or bits set beyond the length
     */
    public static Cidr parse(String text) {
        int slash = text.indexOf('/');
        String address = slash < 0 ? text : text.substring(0, slash);
        byte[] written = IpLiteral.bytes(address)
                .orElseThrow(() ->
                        new IllegalArgumentException("\"" + text + "\" is no IP address or network (as 10.0.0.0/8)"));
        int bits = slash < 0 ? written.length * 8 : prefix(text, slash, written.length * 8);
        byte[] network = IpLiteral.unmapped(written);
        if (network.length != written.length) {
            bits -= 96;
        }
        if (bits < 0) {
            throw new IllegalArgumentException("\"" + text + "\" mixes IPv4 and IPv6");
        }
        if (!Arrays.equals(network, masked(network, bits))) {
            throw new IllegalArgumentException("\"" + text + "\" has bits set beyond its length of /" + bits);
        }
        return new Cidr(network, bits);
    }

    /** Whether the address is in this network. */
    public boolean contains(InetAddress address) {
        byte[] bytes = IpLiteral.unmapped(address.getAddress());
        return bytes.length == network.length && Arrays.equals(network, masked(bytes, prefixBits));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Cidr cidr && prefixBits == cidr.prefixBits && Arrays.equals(network, cidr.network);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(network) + prefixBits;
    }

    @Override
    public String toString() {
        try {
            return InetAddress.getByAddress(network).getHostAddress() + "/" + prefixBits;
        } catch (java.net.UnknownHostException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static int prefix(String text, int slash, int bitsMax) {
        String digits = text.substring(slash + 1);
        if (!digits.matches("0|[1-9][0-9]{0,2}") || Integer.parseInt(digits) > bitsMax) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" needs a length of 0 to " + bitsMax + " after the slash");
        }
        return Integer.parseInt(digits);
    }

    private static byte[] masked(byte[] bytes, int prefixBits) {
        byte[] masked = bytes.clone();
        for (int i = 0; i < masked.length; i++) {
            int bits = Math.clamp(prefixBits - 8L * i, 0, 8);
            masked[i] &= (byte) (0xff00 >> bits);
        }
        return masked;
    }
}
