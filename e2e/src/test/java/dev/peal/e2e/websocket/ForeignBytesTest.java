package dev.peal.e2e.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * PROMISES 24: memory that is free is full of poison, so whoever sends bytes that were never written, or reads a buffer after its release, sends poison. The
 * other half of the row, that nothing leaks, is Netty's paranoid detector, which runs with every test.
 */
final class ForeignBytesTest {
    private static final int CLIENTS = 10;
    private static final int MESSAGES = 100;
    private static final int SIZE_MAX = 40_000;
    private static final int POISON = 0xDB;
    private static final int[] POISONED_SIZES = {16, 48, 130, 300, 1_100, 4_096, 9_000, 33_000};

    private final AtomicBoolean over = new AtomicBoolean();
    private final AtomicInteger rounds = new AtomicInteger();

    @Test
    void echoesHaveNoByteOfAnybodyElse() throws Exception {
        long seed = System.nanoTime();
        System.out.println("foreign bytes: seed " + seed);
        try (EchoServer server = EchoServer.start(EchoServer.RAISED);
                ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            server.loop().execute(() -> poison(server));
            List<Future<Integer>> echoes = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                Random random = new Random(seed + i);
                String offer = i % 2 == 0 ? "permessage-deflate" : "";
                Callable<Integer> client = () -> converse(server.port(), offer, random);
                echoes.add(clients.submit(client));
            }
            for (Future<Integer> one : echoes) {
                assertThat(one.get()).isEqualTo(MESSAGES);
            }
            over.set(true);
        }
        assertThat(rounds).as("rounds of poison between the messages").hasValueGreaterThan(MESSAGES / 10);
    }

    /** On the loop, whose own caches are what the server's buffers come from, between all that the loop does. */
    private void poison(EchoServer server) {
        List<ByteBuf> all = new ArrayList<>();
        for (int size : POISONED_SIZES) {
            for (int i = 0; i < 8; i++) {
                all.add(ByteBufAllocator.DEFAULT.directBuffer(size));
                all.add(ByteBufAllocator.DEFAULT.heapBuffer(size));
            }
        }
        for (ByteBuf buffer : all) {
            buffer.setBytes(0, poisoned(buffer.capacity()));
            buffer.release();
        }
        rounds.incrementAndGet();
        if (!over.get()) {
            var unused = server.loop().schedule(() -> poison(server), 1, TimeUnit.MILLISECONDS);
        }
    }

    private static byte[] poisoned(int size) {
        byte[] bytes = new byte[size];
        Arrays.fill(bytes, (byte) POISON);
        return bytes;
    }

    private static int converse(int port, String offer, Random random) throws IOException {
        int right = 0;
        try (WireClient client = WireClient.connect(port, offer)) {
            for (int i = 0; i < MESSAGES; i++) {
                byte[] message = new byte[1 + random.nextInt(random.nextBoolean() ? 200 : SIZE_MAX)];
                for (int at = 0; at < message.length; at++) {
                    message[at] = (byte) (random.nextInt(20) == 0 ? random.nextInt(POISON) : 'a');
                }
                send(client, offer.isEmpty() ? message : client.deflate(message), offer.isEmpty(), random);
                WireClient.Frame echo = client.read().orElseThrow();
                assertThat(client.payload(echo, SIZE_MAX)).isEqualTo(message);
                right++;
            }
        }
        return right;
    }

    /** Whole or in two frames, so that the server has to put a message together. */
    private static void send(WireClient client, byte[] wire, boolean plain, Random random) throws IOException {
        int first = WireClient.BINARY | (plain ? 0 : WireClient.RSV1);
        int cut = random.nextBoolean() ? 0 : random.nextInt(wire.length);
        if (cut > 0) {
            client.send(first, Arrays.copyOf(wire, cut));
            first = 0;
        }
        client.send(first | WireClient.FIN, Arrays.copyOfRange(wire, cut, wire.length));
    }
}
