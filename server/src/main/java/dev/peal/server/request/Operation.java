package dev.peal.server.request;

import dev.peal.transport.http.HttpAnswer;
import dev.peal.transport.http.HttpHandler;
import dev.peal.transport.http.Refusal;
import dev.peal.transport.http.Request;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** Does what a request asks for. What is wrong with it is thrown, or fails the answer; both become a problem. */
@FunctionalInterface
public interface Operation {
    CompletionStage<? extends HttpAnswer> run(Request request) throws Refusal;

    /** This operation as a handler. */
    default HttpHandler handler() {
        return request -> {
            try {
                return run(request).<HttpAnswer>thenApply(answer -> answer).exceptionally(Operation::problem);
            } catch (Refusal refusal) {
                return CompletableFuture.completedStage(refusal.problem().response());
            }
        };
    }

    private static HttpAnswer problem(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof Refusal refusal) {
            return refusal.problem().response();
        }
        throw new CompletionException(cause);
    }
}
