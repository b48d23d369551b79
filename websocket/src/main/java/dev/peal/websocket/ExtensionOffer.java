package dev.peal.websocket;

import java.util.List;
import java.util.Optional;

/** One element of {@code Sec-WebSocket-Extensions} (RFC 6455, section 9.1): a name and its parameters in the order sent. */
record ExtensionOffer(String name, List<Param> params) {
    ExtensionOffer {
        params = List.copyOf(params);
    }

    /** A parameter; a quoted value comes without its quotes. */
    record Param(String name, Optional<String> value) {}
}
