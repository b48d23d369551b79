package dev.peal.engine.sqlite;

/** The database cannot be opened: not writable, damaged, or from a newer version. The message is one line for the operator. */
public final class SqliteLogException extends RuntimeException {
    private static final long serialVersionUID = 1;

    SqliteLogException(String message, Throwable cause) {
        super(message, cause);
    }

    SqliteLogException(String message) {
        super(message);
    }
}
