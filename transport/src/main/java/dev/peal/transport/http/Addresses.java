package dev.peal.transport.http;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/** IP addresses from their text, without ever asking a name server. */
final class Addresses {
    private Addresses() {}

    /** The address that this text literally is; brackets, as in a URI, are allowed around IPv6; an IPv4-mapped address becomes IPv4. */
    static Optional<InetAddress> literal(String text) {
        String bare = text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
        byte[] bytes = bare.indexOf('%') >= 0 ? null : NetUtil.createByteArrayFromIpAddressString(bare);
        if (bytes == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByAddress(bytes));
        } catch (UnknownHostException e) {
            return Optional.empty(); // thrown for a wrong number of bytes alone, which the line above excludes
        }
    }
}
