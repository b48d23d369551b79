package dev.peal.client.link;

import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** What an exception of the HTTP client says about the way to the server. Pure. */
final class Failures {
    private Failures() {}

    static @Nullable Throwable cause(@Nullable Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    static LinkEnd.Progress progress(@Nullable Throwable cause) {
        boolean nobody = cause instanceof ConnectException || cause instanceof HttpConnectTimeoutException;
        return nobody ? LinkEnd.Progress.UNREACHED : LinkEnd.Progress.CUT;
    }
}
