package dev.peal.transport.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.websocket.SiteRules;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A route for pages refuses foreign ones by itself, whatever the edge before it looks at. */
final class ForeignPagesTest {
    private static final String LISTED = "https://app.example.org";
    private static final SiteRules SITE = new SiteRules(List.of(), List.of("same-origin", LISTED));

    private final List<String> handled = new ArrayList<>();
    private final HttpHandler handler = request -> {
        handled.add(request.method().name());
        return CompletableFuture.completedStage(Response.empty(204));
    };
    private final Routes routes = Routes.builder()
            .fromPages("/x", SITE, Map.of(HttpMethod.GET, handler, HttpMethod.POST, handler))
            .build();

    private Response ask(HttpMethod method, @Nullable String origin) {
        HttpHeaders headers = new DefaultHttpHeaders().set("Host", "localhost:8080");
        if (origin != null) {
            headers.set("Origin", origin);
        }
        InetAddress client = InetAddress.getLoopbackAddress();
        Request request = new Request(method, "HTTP/1.1", "/x", "", headers, new byte[0], client, false, action -> {});
        Routes.Match.Found found = (Routes.Match.Found) routes.match("/x", method);
        return (Response) found.handler().handle(request).toCompletableFuture().join();
    }

    @Test
    void aForeignPageReachesNoHandler() {
        for (HttpMethod method : List.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.POST)) {
            for (String origin :
                    List.of("https://evil.example.org", "null", "", LISTED + ".evil.org", LISTED + ":444")) {
                Response refused = ask(method, origin);
                assertThat(refused.status()).as(method + " " + origin).isEqualTo(403);
                assertThat(refused.headers()).containsEntry("Vary", "Origin");
                assertThat(refused.headers()).doesNotContainKey("Access-Control-Allow-Origin");
            }
        }
        assertThat(handled).isEmpty();
    }

    @Test
    void onesOwnPagesListedOnesAndProgramsDo() {
        for (HttpMethod method : List.of(HttpMethod.GET, HttpMethod.POST)) {
            assertThat(ask(method, null).status()).isEqualTo(204);
            assertThat(ask(method, "http://localhost:8080").status()).isEqualTo(204);
            assertThat(ask(method, LISTED).headers()).containsEntry("Access-Control-Allow-Origin", LISTED);
        }
        assertThat(handled).hasSize(6);
    }
}
