package dev.peal.client;

import dev.peal.protocol.Position;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The server's error in answer to a request.
 *
 * @param retry whether the same may succeed later: that alone decides, never the code
 * @param retryAfterMillis how long to wait with it
 */
record Refusal(String code, String message, boolean retry, OptionalLong retryAfterMillis) {
    static Refusal of(ObjectNode error) {
        // Flat where all messages are.
        JsonNode data = error.has("code") ? error : error.path("data");
        JsonNode after = data.path("retryAfterMs");
        boolean told = after.isIntegralNumber()
                && after.canConvertToLong()
                && after.longValue() >= 0
                && after.longValue() <= Position.OFFSET_MAX;
        return new Refusal(
                data.path("code").stringValue("internal_error"),
                data.path("message").stringValue(""),
                data.path("retry").asBoolean(false),
                told ? OptionalLong.of(after.longValue()) : OptionalLong.empty());
    }

    PealException exception() {
        return new PealException(code, message, retry);
    }
}
