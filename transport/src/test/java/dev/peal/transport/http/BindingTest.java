package dev.peal.transport.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.Channel;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class BindingTest {
    private final InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 8080);
    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final AtomicInteger tries = new AtomicInteger();

    @AfterEach
    void close() {
        channel.close();
    }

    private Channel bind(int failures, IOException cause) {
        return Binding.bind(
                address,
                () -> tries.incrementAndGet() > failures
                        ? channel.newSucceededFuture()
                        : channel.newFailedFuture(cause),
                ConnectException.class::isInstance);
    }

    @Test
    void waitsForAPortThatAKilledProcessStillHolds() {
        assertThat(bind(3, new ConnectException())).isSameAs(channel);
        assertThat(tries).hasValue(4);
    }

    @Test
    void givesUpWhereSomebodyElseHasThePort() {
        assertThatThrownBy(() -> bind(Integer.MAX_VALUE, new ConnectException()))
                .isInstanceOf(HttpServer.BindFailed.class);
        assertThat(tries).hasValueGreaterThan(1);
    }

    @Test
    void failsAtOnceWhereWaitingDoesNotHelp() {
        BindException cause = new BindException();
        assertThatThrownBy(() -> bind(1, cause))
                .isInstanceOf(HttpServer.BindFailed.class)
                .hasCause(cause);
        assertThat(tries).hasValue(1);
    }
}
