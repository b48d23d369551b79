package dev.peal.transport.http;

import io.netty.channel.ChannelHandler;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A response of status 200 without an end: once its head is written every HTTP handler is gone and one handler, the only one, has the connection. Its body ends
 * with the connection (RFC 9112 6.3), so that what is written to a thousand of them can be the same bytes.
 *
 * @param headers headers by name, in order
 * @param handler its {@code handlerAdded} is called after the head was written
 * @param abandoned called instead, if the connection is gone by then
 */
public record OpenResponse(Map<String, String> headers, ChannelHandler handler, Runnable abandoned)
        implements HttpAnswer {
    @Override
    public OpenResponse with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new OpenResponse(more, handler, abandoned);
    }
}
