package dev.peal.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.peal.app.HttpReply;
import dev.peal.app.ProgramRoute;
import dev.peal.auth.ApiKey;
import dev.peal.auth.ApiKeyFile;
import dev.peal.auth.ApiScope;
import dev.peal.testkit.Await;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An application's own operations for programs, over real sockets. */
final class ProgramRoutesTest {
    private static final String IMPORT = "/api/v1/notes/import";

    @TempDir
    private Path folder;

    private FallbackServer server;
    private String good;
    private String others;

    @BeforeEach
    void start() throws IOException {
        Path data = folder.resolve("data");
        ApiKey.Made publish = ApiKey.make("notes", Set.of(ApiScope.PUBLISH), 0);
        ApiKey.Made rest = ApiKey.make("rest", EnumSet.complementOf(EnumSet.of(ApiScope.PUBLISH)), 0);
        good = publish.text();
        others = rest.text();
        server = FallbackServer.start(data, List.of(new NotesApp()));
        ApiKeyFile.in(data)
                .change(keys -> Stream.concat(keys.stream(), Stream.of(publish.key(), rest.key()))
                        .toList());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aGoodKeyGetsThroughWithTheBodyAsItCame() {
        FallbackServer.Answer answer = once(good, "{\"a\":NaN}");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("body").asString()).isEqualTo("{\"a\":NaN}");
        assertThat(good).contains(answer.json().path("keyId").asString());
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
    }

    @Test
    void withoutAKeyOfTheScopeNothingGetsThrough() {
        once(good, "{}");
        assertThat(post("", IMPORT, "{}").problem()).isEqualTo("401 missing_key");
        assertThat(post("pk_abcdefghijkl_" + "x".repeat(43), IMPORT, "{}").problem())
                .isEqualTo("401 wrong_key");
        assertThat(post(others, IMPORT, "{}").problem()).isEqualTo("403 out_of_scope");
        assertThat(post(good, IMPORT + "?key=" + good, "{}").problem()).isEqualTo("400 key_in_query");
        assertThat(post(good, IMPORT + "?what=1", "{}").problem()).isEqualTo("400 unknown_parameter");
    }

    @Test
    void aProblemTellsItsFiguresAndABugTellsNothing() {
        once(good, "{}");
        FallbackServer.Answer problem = post(good, IMPORT, "");
        assertThat(problem.problem()).isEqualTo("409 no_notes");
        assertThat(problem.json().path("expected").asInt()).isEqualTo(7);
        assertThat(problem.json().path("at").asInt()).isEqualTo(3);
        assertThat(problem.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(post(good, IMPORT, "x").status()).isEqualTo(500);
    }

    @Test
    void aRouteForProgramsIsUnderTheirPath() {
        for (String path : List.of("/api/notes", "/api/v1", "/api/v1/", "/api/v1/a/{b}", "/api/v1/A", "api/v1/a")) {
            assertThatThrownBy(() -> new ProgramRoute(path, ApiScope.PUBLISH, call -> new HttpReply.Done().now()))
                    .as(path)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    /** A key that was just made counts within a second. */
    private FallbackServer.Answer once(String key, String body) {
        Await.until("the key counts", () -> post(key, IMPORT, body).status() != 401);
        return post(key, IMPORT, body);
    }

    private FallbackServer.Answer post(String key, String path, String body) {
        String[] headers = key.isEmpty() ? new String[0] : new String[] {"Authorization", "Bearer " + key};
        return server.send(server.request(path, headers)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }
}
