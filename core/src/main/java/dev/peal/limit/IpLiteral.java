package dev.peal.limit;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;

/**
 * Addresses written in text (RFC 791 dotted decimal, RFC 4291 2.2 IPv6), read strictly and without ever asking a resolver.
 *
 * <p>Refused, because other readers disagree on them: leading zeros, fewer than four decimal parts, hexadecimal IPv4, zone ids, spaces.
 */
final class IpLiteral {
    private static final int LENGTH_MAX = 45;

    private IpLiteral() {}

    /** The address; a mapped IPv4 address comes as IPv4. Empty if it is none. */
    static Optional<InetAddress> parse(String text) {
        return bytes(text).map(bytes -> address(unmapped(bytes)));
    }

    /** The 4 or 16 bytes as written; empty if it is no address. */
    static Optional<byte[]> bytes(String text) {
        if (text.isEmpty() || text.length() > LENGTH_MAX) {
            return Optional.empty();
        }
        return text.indexOf(':') < 0 ? v4(text) : v6(text);
    }

    /** The 4 bytes of a mapped IPv4 address; every other address as it is. */
    static byte[] unmapped(byte[] bytes) {
        if (bytes.length != 16 || bytes[10] != -1 || bytes[11] != -1) {
            return bytes;
        }
        for (int i = 0; i < 10; i++) {
            if (bytes[i] != 0) {
                return bytes;
            }
        }
        return Arrays.copyOfRange(bytes, 12, 16);
    }

    private static InetAddress address(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static Optional<byte[]> v4(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != 4) {
            return Optional.empty();
        }
        byte[] bytes = new byte[4];
        for (int i = 0; i < 4; i++) {
            int value = number(parts[i], 10, 3);
            if (value < 0 || value > 255 || (parts[i].length() > 1 && parts[i].charAt(0) == '0')) {
                return Optional.empty();
            }
            bytes[i] = (byte) value;
        }
        return Optional.of(bytes);
    }

    /** One {@code ::} at most, standing for at least one group; what precedes it is filled from the left, what follows from the right. */
    private static Optional<byte[]> v6(String text) {
        int gap = text.indexOf("::");
        if (gap < 0) {
            return groups(text).filter(bytes -> bytes.length == 16);
        }
        var head = groups(text.substring(0, gap));
        var tail = groups(text.substring(gap + 2));
        if (head.isEmpty() || tail.isEmpty() || text.substring(0, gap).indexOf('.') >= 0) {
            return Optional.empty();
        }
        if (head.get().length + tail.get().length > 14) {
            return Optional.empty();
        }
        byte[] bytes = Arrays.copyOf(head.get(), 16);
        System.arraycopy(tail.get(), 0, bytes, 16 - tail.get().length, tail.get().length);
        return Optional.of(bytes);
    }

    /** Groups of up to four hexadecimal digits, the last perhaps an IPv4 address. */
    private static Optional<byte[]> groups(String text) {
        if (text.isEmpty()) {
            return Optional.of(new byte[0]);
        }
        String[] parts = text.split(":", -1);
        byte[] bytes = new byte[0];
        for (int i = 0; i < parts.length; i++) {
            boolean last = i == parts.length - 1;
            var group = last && parts[i].indexOf('.') >= 0 ? v4(parts[i]) : group(parts[i]);
            if (group.isEmpty()) {
                return Optional.empty();
            }
            int length = bytes.length;
            bytes = Arrays.copyOf(bytes, length + group.get().length);
            System.arraycopy(group.get(), 0, bytes, length, group.get().length);
        }
        return bytes.length <= 16 ? Optional.of(bytes) : Optional.empty();
    }

    private static Optional<byte[]> group(String text) {
        int value = number(text, 16, 4);
        return value < 0 ? Optional.empty() : Optional.of(new byte[] {(byte) (value >> 8), (byte) value});
    }

    /** ASCII digits only; -1 if it is no number of that many digits. */
    private static int number(String text, int radix, int digitsMax) {
        if (text.isEmpty() || text.length() > digitsMax) {
            return -1;
        }
        int value = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int digit = c < 128 ? Character.digit(c, radix) : -1;
            if (digit < 0) {
                return -1;
            }
            value = value * radix + digit;
        }
        return value;
    }
}
