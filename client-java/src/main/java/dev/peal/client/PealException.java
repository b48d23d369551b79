package dev.peal.client;

/**
 * Something that a client was asked for and that will not be. {@link #code} is stable: an error code of PROTOCOL.md, section 9, or one of the client's own: {@code queue_full},
 * {@code timeout}, {@code stopped}, {@code left}, {@code bad_reply}, {@code outbox_unusable}.
 */
public final class PealException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String code;
    private final boolean retry;

    public PealException(String code, String message, boolean retry) {
        super(message);
        this.code = code;
        this.retry = retry;
    }

    public String code() {
        return code;
    }

    /** Whether the same request may succeed later. */
    public boolean retry() {
        return retry;
    }
}
