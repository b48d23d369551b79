package dev.peal.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SiteRulesTest {
    private static final SiteRules LISTED =
            new SiteRules(List.of("example.com"), List.of("https://example.com", "https://app.example.com:8443"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "NULL",
                "https://example.com.evil.org",
                "https://evil-example.com",
                "https://evil.example.com",
                "https://example.co",
                "https://example.com:443",
                "https://example.com:8443",
                "https://example.com:",
                "https://example.com/",
                "https://example.com/path",
                "https://example.com?x",
                "https://example.com#x",
                "https://example.com.",
                "https://EXAMPLE.com",
                "HTTPS://example.com",
                "http://example.com",
                "//example.com",
                "example.com",
                "https:/example.com",
                "https://user@example.com",
                "https://example.com@evil.org",
                "https://xn--exmple-cua.com",
                "https://ex\u0430mple.com",
                "https://example.com https://example.com",
                "https://example.com, https://evil.org",
                " https://example.com",
                "https://example.com\t",
                "https://example.com\n",
                "https://example.com\u0000",
                "https://app.example.com",
                "https://app.example.com:08443",
                "*",
                "file://",
                "chrome-extension://example.com",
                "wss://example.com",
            })
    void refusesEveryOtherOrigin(String origin) {
        assertThat(LISTED.allowsOrigin(origin, "example.com", true)).isFalse();
    }

    @Test
    void takesTheListedOriginsAsTheyAre() {
        assertThat(LISTED.allowsOrigin("https://example.com", "example.com", true))
                .isTrue();
        assertThat(LISTED.allowsOrigin("https://app.example.com:8443", "example.com", true))
                .isTrue();
        assertThat(LISTED.allowsOrigins(List.of(), "example.com", true)).isTrue();
    }

    @Test
    void aListReplacesTheOwnOrigin() {
        assertThat(LISTED.allowsOrigin("http://localhost:8080", "localhost:8080", false))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost",
                "http://localhost:80",
                "http://localhost:8081",
                "https://localhost:8080",
                "http://127.0.0.1:8080",
                "http://[::1]:8080",
                "http://localhost:8080.evil.org",
                "http://LOCALHOST:8080",
                "null",
            })
    void refusesAllButTheOwnOrigin(String origin) {
        assertThat(SiteRules.DEFAULT.allowsOrigin(origin, "localhost:8080", false))
                .isFalse();
    }

    @Test
    void theOwnOriginFollowsHostAndScheme() {
        SiteRules site = SiteRules.DEFAULT;
        assertThat(site.allowsOrigin("http://localhost:8080", "LocalHost:8080", false))
                .isTrue();
        assertThat(site.allowsOrigin("http://localhost", "localhost:80", false)).isTrue();
        assertThat(site.allowsOrigin("http://localhost", "localhost", false)).isTrue();
        assertThat(site.allowsOrigin("https://localhost", "localhost:443", true))
                .isTrue();
        assertThat(site.allowsOrigin("https://localhost:80", "localhost:80", true))
                .isTrue();
        assertThat(site.allowsOrigin("http://[::1]:9000", "[::1]:9000", false)).isTrue();
        assertThat(site.allowsOrigin("http://localhost", "localhost", true)).isFalse();
    }

    @Test
    void repeatedHeadersAreRefused() {
        assertThat(LISTED.allowsOrigins(List.of("https://example.com", "https://example.com"), "example.com", true))
                .isFalse();
        assertThat(LISTED.allowedHost(List.of("example.com", "example.com"))).isEmpty();
        assertThat(LISTED.allowedHost(List.of())).isEmpty();
        assertThat(LISTED.allowedHost(List.of("example.com:1"))).contains("example.com:1");
    }

    @Test
    void aPublicHostMayNameItsPort() {
        SiteRules site = new SiteRules(List.of("a.example:8443", "[2001:db8::1]"), List.of(SiteRules.SAME_ORIGIN));
        assertThat(site.allowsHost("a.example:8443")).isTrue();
        assertThat(site.allowsHost("A.example:8443")).isTrue();
        assertThat(site.allowsHost("[2001:db8::1]:1")).isTrue();
        assertThat(site.allowsHost("a.example")).isFalse();
        assertThat(site.allowsHost("a.example:8444")).isFalse();
        assertThat(site.allowsHost("x".repeat(100_000))).isFalse();
    }

    @Test
    void aConfigurationThatCouldNeverMatchIsRefused() {
        for (String origin :
                List.of("https://Example.com", "https://example.com:443", "https://example.com/", "*", "")) {
            assertThatThrownBy(() -> new SiteRules(List.of(), List.of(origin))).hasMessageContaining("allowedOrigins");
        }
        for (String host : List.of("Example.com", "https://example.com", "example.com/", "*", "", "a:0")) {
            assertThatThrownBy(() -> new SiteRules(List.of(host), List.of())).hasMessageContaining("publicHosts");
        }
    }
}
