package dev.peal.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.client.link.LinkEnd.Progress;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TransportsTest {
    private static final long BETTER_AGAIN = 600_000;

    private final ManualLoop loop = new ManualLoop();
    private final Transports transports = new Transports(
            List.of(new ScriptedTransport("websocket"), new ScriptedTransport("sse"), new ScriptedTransport("polling")),
            loop,
            BETTER_AGAIN);

    private String next() {
        return transports.next().name();
    }

    @Test
    void whoIsRefusedTriesTheNextAtOnceAndBacksOffAfterTheLast() {
        assertThat(next()).isEqualTo("websocket");
        assertThat(transports.failed(Progress.REFUSED)).isTrue();
        assertThat(next()).isEqualTo("sse");
        assertThat(transports.failed(Progress.REFUSED)).isTrue();
        assertThat(next()).isEqualTo("polling");
        assertThat(transports.failed(Progress.REFUSED)).isFalse();
        assertThat(next()).isEqualTo("websocket");
    }

    @Test
    void whereNobodyAnswersNoOtherTransportDoes() {
        for (int i = 0; i < 10; i++) {
            assertThat(transports.failed(Progress.UNREACHED)).isFalse();
            assertThat(transports.failed(Progress.OPENED)).isFalse();
            assertThat(next()).isEqualTo("websocket");
        }
    }

    @Test
    void oneCutIsTheNetworksMoodAndTwoAreABlock() {
        assertThat(transports.failed(Progress.CUT)).isFalse();
        assertThat(next()).isEqualTo("websocket");
        assertThat(transports.failed(Progress.CUT)).isTrue();
        assertThat(next()).isEqualTo("sse");
    }

    @Test
    void whatWorkedIsRememberedForAWhile() {
        transports.failed(Progress.REFUSED);
        transports.worked();
        transports.failed(Progress.OPENED);
        assertThat(next()).isEqualTo("sse");
        loop.pass(BETTER_AGAIN - 1);
        assertThat(next()).isEqualTo("sse");
        loop.pass(1);
        assertThat(next()).isEqualTo("websocket");
    }
}
