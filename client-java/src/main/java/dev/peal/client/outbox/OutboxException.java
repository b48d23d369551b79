package dev.peal.client.outbox;

/** An outbox that cannot be used; {@link #code} is stable. */
public final class OutboxException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String code;

    OutboxException(String code, String message) {
        super(message);
        this.code = code;
    }

    OutboxException(String code, String message, Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    /** {@code outbox_in_use}: another client has this file; {@code outbox_unusable}: it cannot be read or written, or is no outbox. */
    public String code() {
        return code;
    }
}
