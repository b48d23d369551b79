package dev.peal.market;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.app.Outlet;
import dev.peal.hub.EncodedBatch;
import dev.peal.hub.Format;
import dev.peal.protocol.CloseReason;
import dev.peal.testkit.ManualClock;
import dev.peal.testkit.ManualOwner;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A user whose other connections cause more than this one takes. */
class TraderTest {
    private static final int MESSAGE_BYTES = 1 << 10;
    private static final int MESSAGES_MAX = Trader.BEHIND_BYTES_MAX / MESSAGE_BYTES;

    private final ManualOwner loop = new ManualOwner(new ManualClock());
    private final Socket socket = new Socket();
    private final Trader trader = new Trader(loop, socket);

    @Test
    void isClosedOnceTooMuchWaitsForASocketThatStaysFull() {
        socket.full = true;
        tell(MESSAGES_MAX);
        assertThat(socket.closed).isNull();
        assertThat(socket.written).isEqualTo(MESSAGES_MAX);
        tell(1);
        assertThat(socket.closed).isEqualTo(CloseReason.SLOW_READER);
        assertThat(socket.written).isEqualTo(MESSAGES_MAX);
    }

    @Test
    void staysWhileItsSocketHasRoomNowAndThen() {
        for (int i = 0; i < 10; i++) {
            socket.full = true;
            tell(MESSAGES_MAX / 2);
            socket.full = false;
            tell(1);
        }
        assertThat(socket.closed).isNull();
        assertThat(socket.written).isEqualTo(10 * (MESSAGES_MAX / 2 + 1));
    }

    private void tell(int messages) {
        for (int i = 0; i < messages; i++) {
            trader.tell(new byte[MESSAGE_BYTES]);
        }
        loop.runReady();
    }

    private static final class Socket implements Outlet {
        private boolean full;
        private int written;
        private @Nullable CloseReason closed;

        @Override
        public Format format() {
            throw new AssertionError("nothing is encoded for orders");
        }

        @Override
        public void write(EncodedBatch frames) {
            throw new AssertionError("nothing is encoded for orders");
        }

        @Override
        public void write(byte[] json) {
            written++;
        }

        @Override
        public boolean full() {
            return full;
        }

        @Override
        public void close(CloseReason reason) {
            closed = reason;
        }
    }
}
