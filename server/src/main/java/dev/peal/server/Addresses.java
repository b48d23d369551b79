package dev.peal.server;

import dev.peal.server.config.Config;
import dev.peal.server.config.ConfigException;
import dev.peal.server.config.Keys;
import io.netty.util.NetUtil;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

/** Where to listen, from {@code server.host} and {@code server.port}. No name server is ever asked. */
final class Addresses {
    private Addresses() {}

    static List<InetSocketAddress> of(Config config) {
        int port = config.get(Keys.PORT);
        List<InetSocketAddress> addresses = new ArrayList<>();
        for (String host : config.get(Keys.HOST)) {
            if (host.equals("localhost")) {
                addresses.add(new InetSocketAddress(literal("127.0.0.1"), port));
                if (hasLoopback6()) {
                    addresses.add(new InetSocketAddress(literal("::1"), port));
                }
            } else {
                addresses.add(new InetSocketAddress(literal(host), port));
            }
        }
        return addresses;
    }

    /** Whether only this machine reaches all of them. */
    static boolean loopbackOnly(Config config) {
        return of(config).stream().allMatch(address -> address.getAddress().isLoopbackAddress());
    }

    private static InetAddress literal(String text) {
        byte[] bytes = NetUtil.createByteArrayFromIpAddressString(text);
        try {
            if (bytes != null) {
                return InetAddress.getByAddress(bytes);
            }
        } catch (UnknownHostException e) {
            throw new IllegalStateException("thrown for a wrong number of bytes alone", e);
        }
        throw new ConfigException("server.host: wants IP addresses, or localhost, got " + text);
    }

    /** Many containers have no IPv6, and then {@code localhost} is 127.0.0.1 alone. */
    private static boolean hasLoopback6() {
        try (ServerSocket probe = new ServerSocket(0, 1, literal("::1"))) {
            return probe.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
