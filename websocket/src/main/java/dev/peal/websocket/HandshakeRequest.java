package dev.peal.websocket;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * An upgrade request as any HTTP server can show it.
 *
 * @param method as sent
 * @param version as sent, such as {@code HTTP/1.1}
 * @param target the request target as sent
 * @param headers names and values in the order sent, values without surrounding white space
 * @param secure whether the client spoke TLS, with this server or with a trusted proxy before it
 */
public record HandshakeRequest(
        String method, String version, String target, List<Map.Entry<String, String>> headers, boolean secure) {

    /** The values of all headers of that name, whatever its case. */
    List<String> values(String name) {
        List<String> values = new ArrayList<>(1);
        for (Map.Entry<String, String> header : headers) {
            if (header.getKey().equalsIgnoreCase(name)) {
                values.add(header.getValue());
            }
        }
        return values;
    }
}
