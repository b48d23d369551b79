package dev.peal.client;

import java.util.concurrent.CompletionStage;

/**
 * Gives the token that the client signs in with. Called on a thread of its own: at the start, when the server says that the token is about to end, and after it was refused. It may
 * take {@link ClientSettings.Patience#tokenMillisMax} at most; a client that gets none, or one that was refused already, backs off and asks again.
 */
@FunctionalInterface
public interface TokenProvider {
    CompletionStage<String> token() throws Exception;
}
