package dev.peal.transport.http;

import java.util.concurrent.CompletionStage;

/** Answers the requests of one route. */
@FunctionalInterface
public interface HttpHandler {
    /**
     * Called on the connection's event loop: must not block it.
     *
     * @return the answer, completed on any thread; a failure is logged and becomes 500
     */
    CompletionStage<? extends HttpAnswer> handle(Request request);
}
