package dev.peal.transport.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.limit.Cidr;
import dev.peal.transport.PeerCheck;
import dev.peal.websocket.SiteRules;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ProxyProtocolTest {
    private static final String GET = "GET /hello HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

    private static TestServer behind(String proxy) {
        return new TestServer(new HttpConfig(
                SiteRules.DEFAULT, List.of(Cidr.parse(proxy)), true, HttpLimits.DEFAULT, PeerCheck.DEFAULT));
    }

    private static String clientSeen(TestServer server) {
        return server.seen.element().client().getHostAddress();
    }

    @Test
    void takesTheClientFromATrustedProxy() throws IOException {
        try (TestServer server = behind("127.0.0.1");
                RawClient client = server.client()) {
            client.send("PROXY TCP4 203.0.113.9 127.0.0.1 4711 8080\r\n" + GET).untilClosed();
            assertThat(clientSeen(server)).isEqualTo("203.0.113.9");
        }
    }

    @Test
    void takesTheClientFromABinaryHeader() throws IOException {
        byte[] header = {
            0x0D,
            0x0A,
            0x0D,
            0x0A,
            0x00,
            0x0D,
            0x0A,
            0x51,
            0x55,
            0x49,
            0x54,
            0x0A,
            0x21,
            0x11,
            0,
            12,
            (byte) 203,
            0,
            113,
            9,
            127,
            0,
            0,
            1,
            0x12,
            0x67,
            0x1F,
            (byte) 0x90
        };
        try (TestServer server = behind("127.0.0.0/8");
                RawClient client = server.client()) {
            client.send(header).send(GET).untilClosed();
            assertThat(clientSeen(server)).isEqualTo("203.0.113.9");
        }
    }

    @Test
    void aProxyHeaderFromAnyoneElseIsNoHttp() throws IOException {
        try (TestServer server = behind("10.0.0.1");
                RawClient client = server.client()) {
            String answer = client.send("PROXY TCP4 203.0.113.9 127.0.0.1 4711 8080\r\n" + GET)
                    .untilClosed();
            assertThat(RawClient.status(answer)).isEqualTo(400);
            assertThat(server.seen).isEmpty();
        }
    }

    @Test
    void aTrustedProxyThatForgetsItsHeaderIsClosed() throws IOException {
        try (TestServer server = behind("127.0.0.1");
                RawClient client = server.client()) {
            assertThat(client.send(GET).untilClosed()).isEmpty();
            assertThat(server.seen).isEmpty();
        }
    }

    @Test
    void aTrustedProxyTellsByItsHeadersWhoAsksAndHow() throws IOException {
        var config = new HttpConfig(
                SiteRules.DEFAULT, List.of(Cidr.parse("127.0.0.1")), false, HttpLimits.DEFAULT, PeerCheck.DEFAULT);
        String headers = "X-Forwarded-For: 1.1.1.1, 203.0.113.9\r\nX-Forwarded-Proto: https\r\n";
        try (TestServer server = new TestServer(config);
                RawClient client = server.client()) {
            client.send(GET.replace("Connection", headers + "Connection")).untilClosed();
            assertThat(clientSeen(server)).isEqualTo("203.0.113.9");
            assertThat(server.seen.element().secure()).isTrue();
        }
    }

    @Test
    void anyoneElsesForwardedHeadersAreIgnored() throws IOException {
        String headers = "X-Forwarded-For: 203.0.113.9\r\nX-Forwarded-Proto: https\r\n";
        try (TestServer server = new TestServer(HttpConfig.LOCAL);
                RawClient client = server.client()) {
            client.send(GET.replace("Connection", headers + "Connection")).untilClosed();
            assertThat(clientSeen(server)).isEqualTo("127.0.0.1");
            assertThat(server.seen.element().secure()).isFalse();
        }
    }
}
