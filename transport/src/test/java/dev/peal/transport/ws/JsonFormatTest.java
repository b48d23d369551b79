package dev.peal.transport.ws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.hub.EncodedBatch;
import dev.peal.hub.Format;
import dev.peal.hub.Push;
import dev.peal.websocket.CompressionPermits;
import dev.peal.websocket.MessageInflater;
import dev.peal.websocket.MessageReader;
import dev.peal.websocket.MessageSink;
import dev.peal.websocket.Opcode;
import dev.peal.websocket.ReaderContext;
import dev.peal.websocket.WebSocketLimits;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.util.concurrent.ImmediateEventExecutor;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class JsonFormatTest {
    private static final String LONG = "x".repeat(2_000);

    private final WebSocketLoop loop = new WebSocketLoop(
            0,
            ImmediateEventExecutor.INSTANCE,
            WebSocketConfig.DEFAULT,
            new CompressionPermits(1),
            WebSocketMeters.NONE,
            () -> 0);

    @AfterEach
    void close() {
        loop.close();
    }

    @Test
    void aBatchIsFramesThatAClientReads() {
        for (int bits : new int[] {0, 9, 15}) {
            EncodedBatch batch = loop.format(bits).encode(pushes());
            assertThat(texts(batch, 0, 3, bits > 0))
                    .containsExactly(
                            "{\"type\":\"message\",\"offset\":7,\"data\":{\"m\":\"hi\"}}",
                            "{\"type\":\"typing\",\"data\":{\"m\":\"" + LONG + "\"}}",
                            "{\"type\":\"message\",\"offset\":8,\"data\":{}}");
            batch.release();
        }
    }

    @Test
    void aPartOfABatchIsWholeFrames() {
        EncodedBatch batch = loop.format(15).encode(pushes());
        assertThat(texts(batch, 1, 2, true)).singleElement().asString().contains("typing");
        assertThat(texts(batch, 2, 3, true)).containsExactly("{\"type\":\"message\",\"offset\":8,\"data\":{}}");
        assertThat(texts(batch, 1, 1, true)).isEmpty();
        batch.release();
    }

    @Test
    void onlyLongMessagesAreDeflatedAndOnlyForTheLargestWindow() {
        assertThat(loop.format(15).index()).isNotEqualTo(loop.format(0).index());
        assertThat(loop.format(9)).isSameAs(loop.format(0));
        assertThat(firstBytes(loop.format(15))).containsExactly(plain(), plain() | Opcode.RSV1, plain());
        assertThat(firstBytes(loop.format(0))).containsExactly(plain(), plain(), plain());
    }

    private static int plain() {
        return Opcode.FIN | Opcode.TEXT;
    }

    private static List<Integer> firstBytes(Format format) {
        List<Integer> first = new ArrayList<>();
        EncodedBatch batch = format.encode(pushes());
        for (int i = 0; i < 3; i++) {
            ByteBuf frame = batch.retained(i, i + 1);
            first.add((int) frame.getUnsignedByte(frame.readerIndex()));
            frame.release();
        }
        batch.release();
        return first;
    }

    private static List<Push> pushes() {
        return List.of(
                new Push("message", null, 7, json("{\"m\":\"hi\"}"), null, null),
                Push.signal("typing", json("{\"m\":\"" + LONG + "\"}"), null),
                new Push("message", null, 8, json("{}"), null, null));
    }

    private static byte[] json(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static List<String> texts(EncodedBatch batch, int from, int to, boolean deflate) {
        List<String> texts = new ArrayList<>();
        ByteBuf bytes = batch.retained(from, to);
        try (MessageInflater inflater = new MessageInflater()) {
            ReaderContext client = new ReaderContext(
                    WebSocketLimits.DEFAULT, false, inflater, UnpooledByteBufAllocator.DEFAULT, () -> 0);
            new MessageReader(client, deflate).read(bytes, new Texts(texts));
        } finally {
            bytes.release();
        }
        return texts;
    }

    private record Texts(List<String> texts) implements MessageSink {
        @Override
        public void text(ByteBuf payload) {
            texts.add(payload.toString(StandardCharsets.UTF_8));
        }

        @Override
        public void binary(ByteBuf payload) {
            texts.add("binary");
        }

        @Override
        public void ping(ByteBuf payload) {
            texts.add("ping");
        }

        @Override
        public void pong(ByteBuf payload) {
            texts.add("pong");
        }

        @Override
        public void close(int code, String reason) {
            texts.add("close");
        }

        @Override
        public void violation(int code, String reason) {
            texts.add("violation " + reason);
        }
    }
}
