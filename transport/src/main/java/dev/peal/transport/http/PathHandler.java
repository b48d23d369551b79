package dev.peal.transport.http;

import java.util.List;
import java.util.concurrent.CompletionStage;

/** Answers the requests of one route with parameters in its path. */
@FunctionalInterface
public interface PathHandler {
    /**
     * As {@link HttpHandler#handle}.
     *
     * @param values what stands in place of the parameters, decoded, in their order
     */
    CompletionStage<? extends HttpAnswer> handle(Request request, List<String> values);
}
