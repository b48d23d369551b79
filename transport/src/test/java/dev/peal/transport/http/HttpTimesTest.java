package dev.peal.transport.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.transport.PeerCheck;
import dev.peal.websocket.SiteRules;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Slow and silent clients, with limits short enough to wait for. */
final class HttpTimesTest {
    private static final String GET = "GET /hello HTTP/1.1\r\nHost: localhost\r\n\r\n";

    private static TestServer server(long requestMillis, long idleMillis, int connections) {
        HttpLimits limits = new HttpLimits(100, 8_192, 65_536, requestMillis, idleMillis, connections);
        return new TestServer(new HttpConfig(SiteRules.DEFAULT, List.of(), false, limits, PeerCheck.DEFAULT));
    }

    @Test
    void aClientThatNeverFinishesItsHeadIsTold() throws IOException {
        try (TestServer server = server(200, 60_000, 10);
                RawClient client = server.client()) {
            assertThat(RawClient.status(client.send("GET /hello HT").untilClosed()))
                    .isEqualTo(408);
        }
    }

    @Test
    void aClientThatNeverFinishesItsBodyIsTold() throws IOException {
        try (TestServer server = server(200, 60_000, 10);
                RawClient client = server.client()) {
            String head =
                    "POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n";
            assertThat(RawClient.status(client.send(head + "{").untilClosed())).isEqualTo(408);
        }
    }

    @Test
    void aKeptConnectionEndsSilently() throws IOException {
        try (TestServer server = server(60_000, 200, 10);
                RawClient client = server.client()) {
            assertThat(client.send(GET).response()).startsWith("HTTP/1.1 200");
            assertThat(client.untilClosed()).isEmpty();
        }
    }

    @Test
    void oneConnectionTooManyIsTurnedAwayAndTheOthersStay() throws IOException {
        try (TestServer server = server(60_000, 60_000, 2);
                RawClient first = server.client();
                RawClient second = server.client()) {
            assertThat(first.send(GET).response()).startsWith("HTTP/1.1 200");
            assertThat(second.send(GET).response()).startsWith("HTTP/1.1 200");
            try (RawClient third = server.client()) {
                String answer = third.untilClosed();
                assertThat(RawClient.status(answer)).isEqualTo(503);
                assertThat(RawClient.header(answer, "Retry-After")).isEqualTo("5");
            }
            assertThat(second.send(GET).response()).startsWith("HTTP/1.1 200");
        }
    }
}
