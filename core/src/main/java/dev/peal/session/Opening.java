package dev.peal.session;

/**
 * How a connection was opened.
 *
 * @param path the path of the request, without its query; one of the applications' paths
 * @param address the client's address for people who look, such as {@code 192.0.2.7}
 * @param transport the transport's name, such as {@code ws}
 */
public record Opening(String path, String address, String transport) {}
