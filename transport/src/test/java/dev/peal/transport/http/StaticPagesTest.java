package dev.peal.transport.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class StaticPagesTest {
    private static final String HASHED = "/assets/main-Bq3xK9aZ.js";

    private TestServer server;

    @BeforeAll
    void start() {
        server = new TestServer(HttpConfig.LOCAL);
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private String get(String path, String headers) throws IOException {
        try (RawClient client = server.client()) {
            return client.send("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n")
                    .response();
        }
    }

    @Test
    void thePageComesWithItsPolicy() throws IOException {
        String page = get("/", "");
        assertThat(page).startsWith("HTTP/1.1 200").contains("<!doctype html>");
        assertThat(RawClient.header(page, "Content-Type")).isEqualTo("text/html; charset=utf-8");
        assertThat(RawClient.header(page, "Content-Security-Policy"))
                .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(RawClient.header(page, "X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(RawClient.header(page, "Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(RawClient.header(page, "Cache-Control")).isEqualTo("no-cache");
    }

    @Test
    void picturesOfElsewhereAreForThePageOfDocumentsAlone() throws IOException {
        assertThat(RawClient.header(get("/docs", ""), "Content-Security-Policy"))
                .contains("img-src 'self' data: https:;", "script-src 'self';", "connect-src 'self';");
        assertThat(RawClient.header(get("/", ""), "Content-Security-Policy")).contains("img-src 'self' data:;");
    }

    @Test
    void aHashedFileIsKeptForEver() throws IOException {
        assertThat(RawClient.header(get(HASHED, ""), "Cache-Control")).contains("immutable");
        assertThat(RawClient.header(get(HASHED, ""), "Content-Type")).isEqualTo("text/javascript; charset=utf-8");
    }

    @Test
    void whatTheClientHasIsNotSentAgain() throws IOException {
        String tag = RawClient.header(get("/", ""), "ETag");
        for (String known : new String[] {tag, "W/" + tag, "\"other\", " + tag}) {
            try (RawClient client = server.client()) {
                String head = client.send("GET / HTTP/1.1\r\nHost: localhost\r\nIf-None-Match: " + known + "\r\n\r\n")
                        .head();
                assertThat(RawClient.status(head)).isEqualTo(304);
                assertThat(client.send("GET /hello HTTP/1.1\r\nHost: localhost\r\n\r\n")
                                .response())
                        .startsWith("HTTP/1.1 200");
            }
        }
        assertThat(RawClient.status(get("/", "If-None-Match: \"other\"\r\n"))).isEqualTo(200);
    }

    @Test
    void gzipIsForThoseWhoAskForIt() throws IOException {
        String packed = get("/", "Accept-Encoding: br, gzip\r\n");
        assertThat(RawClient.header(packed, "Content-Encoding")).isEqualTo("gzip");
        byte[] body = packed.substring(packed.indexOf("\r\n\r\n") + 4).getBytes(StandardCharsets.ISO_8859_1);
        try (var unpacked = new GZIPInputStream(new ByteArrayInputStream(body))) {
            assertThat(new String(unpacked.readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("<!doctype html>");
        }
        assertThat(RawClient.header(get("/", "Accept-Encoding: br\r\n"), "Content-Encoding"))
                .isEmpty();
        assertThat(RawClient.header(get(HASHED, "Accept-Encoding: gzip\r\n"), "Content-Encoding"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/guide/index.html", "/guide/", "/guide"})
    void aFolderWithAPageHasAnAddress(String path) throws IOException {
        assertThat(get(path, "")).startsWith("HTTP/1.1 200").contains("A guide");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/../pom.xml",
                "/assets/../../testweb/index.html",
                "/%2e%2e/index.html",
                "/assets/",
                "/assets",
                "/./index.html",
                "//index.html",
                "/index.html/",
                "/assets/%6dain-Bq3xK9aZ.js",
                "/index.html%00",
                "/META-INF/MANIFEST.MF"
            })
    void nothingElseIsThere(String path) throws IOException {
        assertThat(RawClient.status(get(path, ""))).isEqualTo(404);
    }
}
