package dev.peal.transport.http;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The addresses of the reverse proxies in front of this server. Only their word on the client's address is taken.
 *
 * @param ranges address ranges
 */
public record TrustedProxies(List<Range> ranges) {
    /** Nobody is believed. */
    public static final TrustedProxies NONE = new TrustedProxies(List.of());

    public TrustedProxies {
        ranges = List.copyOf(ranges);
    }

    /**
     * Reads {@code 10.0.0.7}, {@code 10.0.0.0/8} or {@code fd00::/8}. Names are not resolved.
     *
     * @throws IllegalArgumentException where one of them is no address or range
     */
    public static TrustedProxies of(List<String> texts) {
        return new TrustedProxies(texts.stream().map(Range::of).toList());
    }

    /** Whether this peer is one of them. */
    public boolean contains(InetAddress peer) {
        byte[] address = peer.getAddress();
        for (Range range : ranges) {
            if (range.contains(address)) {
                return true;
            }
        }
        return false;
    }

    /** An address and how many of its leading bits count. */
    public record Range(InetAddress first, int prefixBits) {
        static Range of(String text) {
            int slash = text.indexOf('/');
            InetAddress address = Addresses.literal(slash < 0 ? text : text.substring(0, slash))
                    .orElseThrow(() -> new IllegalArgumentException("not an IP address or range: " + text));
            int bitsMax = address.getAddress().length * 8;
            int bits = slash < 0 ? bitsMax : bits(text.substring(slash + 1)).orElse(-1);
            if (bits < 0 || bits > bitsMax) {
                throw new IllegalArgumentException("not an IP address or range: " + text);
            }
            return new Range(address, bits);
        }

        private static Optional<Integer> bits(String text) {
            return text.matches("\\d{1,3}") ? Optional.of(Integer.valueOf(text)) : Optional.empty();
        }

        boolean contains(byte[] address) {
            byte[] own = first.getAddress();
            if (own.length != address.length) {
                return false;
            }
            int whole = prefixBits / 8;
            int rest = prefixBits % 8;
            if (!Arrays.equals(own, 0, whole, address, 0, whole)) {
                return false;
            }
            return rest == 0 || ((own[whole] ^ address[whole]) & (0xFF << (8 - rest)) & 0xFF) == 0;
        }
    }
}
