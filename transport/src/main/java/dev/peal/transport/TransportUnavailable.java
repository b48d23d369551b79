package dev.peal.transport;

/** A transport was asked for by name and this machine does not have it. */
public final class TransportUnavailable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TransportUnavailable(TransportKind kind, String reason) {
        super("the transport " + kind.label() + " is not available here: " + reason);
    }
}
