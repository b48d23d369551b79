package dev.peal.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelOption;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.channel.uring.IoUringChannelOption;
import jdk.net.ExtendedSocketOptions;

/**
 * Finds out about a peer that has vanished without a word, on a connection on which nothing is expected from it: the kernel asks, since the protocol has no
 * question. Immutable.
 *
 * <p>Each option is offered to whichever kind of channel there is: another kind's is refused without a word.
 *
 * @param quietMillis how long nothing may come before the peer is asked; 1 to 3,600,000
 * @param answerMillis how long it may take to answer; 1 to 3,600,000
 */
public record PeerCheck(int quietMillis, int answerMillis) {
    /** As WebSockets are pinged: noticed within 40 s, the kernel's lateness included. */
    public static final PeerCheck DEFAULT = new PeerCheck(28_000, 10_000);

    private static final int MILLIS_MAX = 3_600_000;
    private static final int PROBES = 2;
    private static final int SECOND_MILLIS = 1_000;

    /** A kernel looks at the time only when it is about to send again, and what was sent last may have waited for the loop. */
    private static final int LATE_MILLIS = 2_000;

    public PeerCheck {
        if (quietMillis < 1 || quietMillis > MILLIS_MAX || answerMillis < 1 || answerMillis > MILLIS_MAX) {
            throw new IllegalArgumentException("quietMillis and answerMillis must be 1 to " + MILLIS_MAX);
        }
    }

    /** For a connection on which this side is silent too: TCP asks. In whole seconds, rounded up. */
    public void whileSilent(Channel channel) {
        int idle = seconds(quietMillis);
        int apart = seconds(answerMillis / PROBES);
        ChannelConfig config = channel.config();
        config.setOption(ChannelOption.SO_KEEPALIVE, true);
        config.setOption(EpollChannelOption.TCP_KEEPIDLE, idle);
        config.setOption(EpollChannelOption.TCP_KEEPINTVL, apart);
        config.setOption(EpollChannelOption.TCP_KEEPCNT, PROBES);
        config.setOption(IoUringChannelOption.TCP_KEEPIDLE, idle);
        config.setOption(IoUringChannelOption.TCP_KEEPINTVL, apart);
        config.setOption(IoUringChannelOption.TCP_KEEPCNT, PROBES);
        config.setOption(NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPIDLE), idle);
        config.setOption(NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPINTERVAL), apart);
        config.setOption(NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPCOUNT), PROBES);
    }

    /**
     * For a connection on which this side sends something every so often: that must be acknowledged in time. Linux alone, and not with NIO, which cannot say so.
     *
     * @param everyMillis how often something is sent
     */
    public void whileSending(Channel channel, int everyMillis) {
        int inTime = Math.max(answerMillis, quietMillis + answerMillis - everyMillis);
        int unacknowledged = inTime - Math.min(LATE_MILLIS, inTime / 5);
        channel.config().setOption(EpollChannelOption.TCP_USER_TIMEOUT, unacknowledged);
        channel.config().setOption(IoUringChannelOption.TCP_USER_TIMEOUT, unacknowledged);
    }

    private static int seconds(int millis) {
        return Math.max(1, (millis + SECOND_MILLIS - 1) / SECOND_MILLIS);
    }
}
