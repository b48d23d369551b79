package dev.peal.server;

/** The server cannot start here and now. Its message is one line for a person. */
public final class StartException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StartException(String line) {
        super(line);
    }

    StartException(String line, Throwable cause) {
        super(line, cause);
    }
}
