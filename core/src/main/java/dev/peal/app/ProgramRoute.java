package dev.peal.app;

import dev.peal.auth.ApiScope;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;

/**
 * An operation of an application's own for programs: a POST under {@code /api/v1/}, beside the server's own operations.
 *
 * <p>The server lets in who sends a good API key with the scope; then the handler sees the call.
 *
 * @param path as {@code /api/v1/market/ingest}, without parameters; none of the server's own
 * @param scope what the key must have
 * @param handler answers
 */
public record ProgramRoute(String path, ApiScope scope, Handler handler) {
    private static final Pattern PATH = Pattern.compile("/api/v1(/[a-z][a-z0-9_-]{0,31}){1,4}");

    /**
     * What a program sent. Immutable.
     *
     * @param keyId which key it sent, to count by and to name in a log; it opens nothing
     * @param body as it came, no larger than the server takes; read by the handler, and not to be changed
     */
    public record Call(String keyId, byte[] body) {}

    /** Answers the calls of one route. */
    @FunctionalInterface
    public interface Handler {
        /**
         * Called on any thread; must not block.
         *
         * @return the reply, completed on any thread; a failure is logged and becomes 500
         */
        CompletionStage<HttpReply> handle(Call call);
    }

    /** @throws IllegalArgumentException if the path is none */
    public ProgramRoute {
        if (!PATH.matcher(path).matches()) {
            throw new IllegalArgumentException("no path of a route for programs: " + path);
        }
    }
}
