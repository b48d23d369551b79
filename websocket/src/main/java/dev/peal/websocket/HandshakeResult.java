package dev.peal.websocket;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The answer to an upgrade request; header names are as they should be written. */
public sealed interface HandshakeResult {
    /** Answer 101 with these headers and no others that frame a body, then speak frames. */
    record Accepted(List<Map.Entry<String, String>> headers, Optional<DeflateParams> deflate)
            implements HandshakeResult {
        public Accepted {
            headers = List.copyOf(headers);
        }
    }

    /** Answer this status with these headers, an empty body, and close. */
    record Rejected(int status, List<Map.Entry<String, String>> headers, HandshakeFailure failure)
            implements HandshakeResult {
        public Rejected {
            headers = List.copyOf(headers);
        }
    }
}
