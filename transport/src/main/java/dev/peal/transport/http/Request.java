package dev.peal.transport.http;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import java.net.InetAddress;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A whole request that passed every check of this package.
 *
 * @param method its method
 * @param version its version: {@code HTTP/1.1}
 * @param path the target up to its query, not decoded: {@code /api/guest}
 * @param query what follows the question mark, not decoded; empty where there is none
 * @param headers its headers; names in any case
 * @param body its body; empty where there is none
 * @param client the client's address, as far as it is known for certain
 * @param secure whether the client's connection is encrypted
 * @param departure told what to call if the client leaves before it is answered
 */
public record Request(
        HttpMethod method,
        String version,
        String path,
        String query,
        HttpHeaders headers,
        byte[] body,
        InetAddress client,
        boolean secure,
        Consumer<Runnable> departure) {

    /** Has something called, on the connection's loop, if the client closes the connection before it is answered. To be called on that loop, once. */
    public void whenGone(Runnable action) {
        departure.accept(action);
    }

    /** A header's value, the first where there are several. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }
}
