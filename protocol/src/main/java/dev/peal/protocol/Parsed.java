package dev.peal.protocol;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** What {@link EnvelopeReader} made of one text frame. */
public sealed interface Parsed {
    /**
     * A message whose frame is in order; whether {@code data} fits {@code type} is judged by whom the type belongs to.
     *
     * @param type 1 to {@value #TYPE_LENGTH_MAX} code points; not checked against any list
     * @param id the client's own mark for the reply, or null where it wants none
     * @param messageId makes a publish idempotent, 1 to {@value #MESSAGE_ID_LENGTH_MAX} code points, or null
     * @param data the payload; empty where the frame had none. Owned by the receiver of this record
     */
    record Envelope(
            String type, @Nullable RequestId id, @Nullable String messageId, ObjectNode data) implements Parsed {
        public static final int TYPE_LENGTH_MAX = 64;
        public static final int MESSAGE_ID_LENGTH_MAX = 64;

        /** Without the data: it may hold a token, and this may reach a log. */
        @Override
        public String toString() {
            return "Envelope[type=" + type + ", id=" + id + ", messageId=" + messageId + "]";
        }
    }

    /** Not exactly one JSON object within the limits: the connection closes 1003; on the path {@code /} it is an error. */
    record Malformed() implements Parsed {
        static final Malformed INSTANCE = new Malformed();
    }

    /**
     * JSON is fine, but {@code type}, {@code id}, {@code messageId} or {@code data} has a wrong shape: an error.
     *
     * @param id the client's mark where that much could be read
     */
    record Invalid(@Nullable RequestId id) implements Parsed {}
}
