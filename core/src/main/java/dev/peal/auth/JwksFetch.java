package dev.peal.auth;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Gets an issuer's JWK Set. */
@FunctionalInterface
interface JwksFetch {
    /**
     * Blocks until the answer is there, within its limits of time and size.
     *
     * @throws IOException if it is not there
     */
    String fetch() throws IOException, InterruptedException;

    /**
     * By HTTP: the configured address, and no other whatever it answers.
     *
     * @param executor for the client's own tasks; not the thread that calls {@link #fetch}
     */
    static JwksFetch http(JwksOptions options, Executor executor) {
        var client = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(Duration.ofMillis(options.timeoutMillis()))
                .executor(executor)
                .build();
        var request = HttpRequest.newBuilder(options.url())
                .header("Accept", "application/jwk-set+json, application/json")
                .build();
        return () -> {
            var answer = client.sendAsync(request, head -> body(head, options));
            try {
                return answer.get(options.timeoutMillis(), TimeUnit.MILLISECONDS)
                        .body();
            } catch (TimeoutException late) {
                throw new IOException("no whole answer within " + options.timeoutMillis() + " ms", late);
            } catch (ExecutionException failed) {
                throw new IOException(String.valueOf(failed.getCause()), failed);
            } finally {
                answer.cancel(true);
            }
        };
    }

    private static HttpResponse.BodySubscriber<String> body(HttpResponse.ResponseInfo head, JwksOptions options) {
        if (head.statusCode() == 200) {
            return new BoundedBody(options.bytesMax());
        }
        var refused = new BoundedBody(0);
        refused.onError(new IOException("status " + head.statusCode()));
        return refused;
    }
}
