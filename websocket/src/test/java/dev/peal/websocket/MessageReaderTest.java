package dev.peal.websocket;

import static dev.peal.websocket.Opcode.BINARY;
import static dev.peal.websocket.Opcode.CLOSE;
import static dev.peal.websocket.Opcode.CONTINUATION;
import static dev.peal.websocket.Opcode.FIN;
import static dev.peal.websocket.Opcode.PING;
import static dev.peal.websocket.Opcode.PONG;
import static dev.peal.websocket.Opcode.RSV1;
import static dev.peal.websocket.Opcode.TEXT;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MessageReaderTest {
    private Peer peer = new Peer(Peer.SMALL, false);

    @AfterEach
    void nothingLeaks() {
        peer.close();
    }

    @Test
    void readsTheExamplesOfTheRfc() { // RFC 6455, section 5.7
        assertThat(peer.raw("81 85 37 fa 21 3d 7f 9f 4d 51 58").send()).containsExactly("text Hello");
        assertThat(peer.raw("89 85 37 fa 21 3d 7f 9f 4d 51 58").send()).last().isEqualTo("ping 48656c6c6f");
    }

    @Test
    void joinsFragmentsAroundControlFrames() {
        peer.frame(TEXT, "Hel")
                .frame(FIN | PING, "p")
                .frame(CONTINUATION, "")
                .frame(FIN | PONG, "")
                .frame(FIN, "lo");
        assertThat(peer.send()).containsExactly("ping 70", "pong ", "text Hello");
    }

    @Test
    void readsTheSameByteByByte() {
        peer.frame(BINARY, new byte[] {1, 2}).frame(FIN | PING, "abc").frame(FIN, new byte[] {3});
        peer.frame(FIN | TEXT, "x".repeat(126)).frame(FIN | TEXT, "").frame(FIN | CLOSE, new byte[] {3, (byte) 0xE8, 'k'
        });
        assertThat(peer.sendByteByByte())
                .containsExactly("ping 616263", "binary 010203", "text " + "x".repeat(126), "text ", "close 1000 k");
    }

    @Test
    void lendsAWholeMessageFromTheIncomingBuffer() {
        ByteBuf in = Unpooled.buffer();
        FrameWriter.masked(in, FIN | TEXT, Unpooled.copiedBuffer("in place", StandardCharsets.UTF_8), 0x01020304);
        FrameWriter.masked(in, FIN | TEXT, Unpooled.copiedBuffer("next", StandardCharsets.UTF_8), 0x05060708);
        peer.reader.read(in, new NoSink() {
            @Override
            public void text(ByteBuf payload) {
                assertThat(payload).isSameAs(in);
                peer.events.text(payload);
                payload.skipBytes(1); // what a sink does to the indices is of no consequence
            }
        });
        assertThat(peer.events.lines).containsExactly("text in place", "text next");
        assertThat(peer.held()).isZero();
    }

    @Test
    void aCloseFrameIsTheLastEvent() {
        peer.frame(FIN | CLOSE, "").frame(FIN | TEXT, "late").raw("ffff");
        assertThat(peer.send()).containsExactly("close 1005 ");
    }

    @Test
    void nothingFollowsAViolation() {
        peer.frame(TEXT, "held").raw("c1").frame(FIN | TEXT, "late");
        assertThat(peer.send()).containsExactly("violation 1002 reserved bit set");
        assertThat(peer.held()).isZero();
        assertThat(peer.frame(FIN | TEXT, "later").send()).hasSize(1);
    }

    @Test
    void aSinkMayCloseTheReader() {
        peer.frame(FIN | TEXT, "one").frame(FIN | TEXT, "two");
        ByteBuf in = Unpooled.wrappedBuffer(peer.take());
        peer.reader.read(in, new NoSink() {
            @Override
            public void text(ByteBuf payload) {
                peer.events.text(payload);
                peer.reader.close();
            }
        });
        assertThat(peer.events.lines).containsExactly("text one");
        assertThat(in.isReadable()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "c1, reserved bit set",
        "a1, reserved bit set",
        "91, reserved bit set",
        "83, unknown opcode",
        "87, unknown opcode",
        "8b, unknown opcode",
        "8f, unknown opcode",
        "09, fragmented control frame",
        "08, fragmented control frame",
        "80, nothing to continue",
        "00, nothing to continue",
        "8101, unmasked frame",
        "89fe, control frame too long",
        "88ff, control frame too long",
        "81fe007d, length not in its shortest form",
        "81fe0000, length not in its shortest form",
        "81ff000000000000ffff, length not in its shortest form",
        "81ff8000000000000000, length not in its shortest form",
        "81ffffffffffffffffff, length not in its shortest form",
    })
    void refusesAtTheFirstWrongByte(String hex, String reason) {
        assertThat(peer.raw(hex).sendByteByByte()).containsExactly("violation 1002 " + reason);
    }

    @Test
    void refusesAMessageInsideAMessage() {
        assertThat(peer.frame(TEXT, "a").frame(FIN | TEXT, "b").send())
                .containsExactly("violation 1002 message inside a message");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"81ff000000007fffffff", "81ff0000000080000000", "81ff00000000ffffffff", "81ff7fffffffffffffff"})
    void refusesALengthLieBeforeItsPayload(String hex) {
        assertThat(peer.raw(hex).send()).containsExactly("violation 1009 frame too big");
        assertThat(peer.held()).isZero();
    }

    @Test
    void takesAFrameOfTheLimitAndRefusesOneByteMore() {
        String most = "x".repeat(1_000);
        assertThat(peer.frame(FIN | TEXT, most).send()).containsExactly("text " + most);
        assertThat(peer.frame(FIN | TEXT, most + "x").send()).last().isEqualTo("violation 1009 frame too big");
    }

    @Test
    void takesAMessageOfTheLimitAndRefusesOneByteMore() {
        byte[] part = new byte[1_000];
        peer.frame(BINARY, part).frame(0, part).frame(0, part);
        assertThat(peer.frame(FIN, part).send()).hasSize(1);
        peer.frame(BINARY, part).frame(0, part).frame(0, part).frame(0, part);
        assertThat(peer.raw("8081").send()).last().isEqualTo("violation 1009 message too big");
    }

    @Test
    void takesFragmentsUpToTheLimitAndRefusesOneMore() {
        peer.frame(TEXT, "");
        for (int i = 0; i < 6; i++) {
            peer.frame(CONTINUATION, "");
        }
        assertThat(peer.frame(FIN, "").send()).containsExactly("text ");
        peer.frame(TEXT, "");
        for (int i = 0; i < 7; i++) {
            peer.frame(CONTINUATION, "");
        }
        assertThat(peer.frame(FIN, "").send()).last().isEqualTo("violation 1008 too many fragments");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void aFloodOfFragmentsEndsAtThe1025th(int bytes) {
        peer = Peer.plain();
        peer.frame(BINARY, new byte[bytes]);
        for (int i = 1; i < 1_024; i++) {
            assertThat(peer.frame(CONTINUATION, new byte[bytes]).send()).isEmpty();
            assertThat(peer.held()).isLessThanOrEqualTo(2L * bytes * (i + 1) + (64 << 10));
        }
        assertThat(peer.frame(CONTINUATION, new byte[bytes]).send())
                .containsExactly("violation 1008 too many fragments");
    }

    @Test
    void retainsAtMostTwiceWhatArrived() {
        peer = new Peer(new WebSocketLimits(256 << 10, 1 << 20, 1_000_000, 30_000, 10), false);
        peer.frame(BINARY, new byte[1]).send();
        for (int i = 2; i <= 300_000; i++) {
            peer.frame(CONTINUATION, new byte[1]).send();
            if (i % 1_000 == 0) {
                assertThat(peer.held()).isLessThanOrEqualTo(2L * i + (64 << 10));
            }
        }
    }

    @Test
    void holdsNothingForADeclaredLength() {
        byte[] liar = Peer.bytes("82ff 0000000000040000 00000000 61"); // 256 KiB declared, one byte sent
        long held = 0;
        for (int i = 0; i < 1_000; i++) {
            try (Peer one = Peer.plain()) {
                one.raw(liar).send();
                held += one.held();
            }
        }
        assertThat(held).isLessThanOrEqualTo(1_000 * 256);
    }

    @Test
    void controlFramesHaveARate() {
        for (int second = 0; second < 3; second++) {
            for (int i = 0; i < 10; i++) {
                peer.frame(FIN | PING, "");
            }
            peer.send();
            peer.nanos.addAndGet(TimeUnit.SECONDS.toNanos(1));
        }
        assertThat(peer.events.lines).hasSize(30).containsOnly("ping ");
        for (int i = 0; i < 11; i++) {
            peer.frame(FIN | PONG, "");
        }
        assertThat(peer.send()).hasSize(41).last().isEqualTo("violation 1008 too many control frames");
    }

    @Test
    void aMessageMustFinishInTime() {
        peer.frame(TEXT, "a").send();
        assertThat(peer.reader.isMidMessage()).isTrue();
        peer.nanos.addAndGet(TimeUnit.SECONDS.toNanos(30));
        assertThat(peer.reader.expire(peer.events)).isFalse();
        peer.frame(FIN | PING, "").send(); // a sign of life, but not the end of the message
        peer.nanos.addAndGet(1);
        assertThat(peer.reader.expire(peer.events)).isTrue();
        assertThat(peer.events.lines).containsExactly("ping ", "violation 1008 message not finished in time");
        assertThat(peer.reader.expire(peer.events)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"81", "81fe00", "818511", "898411223344 00"})
    void aFrameMustFinishInTime(String hex) {
        peer.raw(hex).send();
        peer.nanos.addAndGet(TimeUnit.SECONDS.toNanos(31));
        assertThat(peer.reader.expire(peer.events)).isTrue();
    }

    @Test
    void aDribbledMessageIsNoticedWhileItArrives() {
        peer.frame(FIN | TEXT, "0123456789");
        byte[] frame = peer.take();
        for (byte b : frame) {
            peer.raw(new byte[] {b}).send();
            peer.nanos.addAndGet(TimeUnit.SECONDS.toNanos(10));
        }
        assertThat(peer.events.lines).containsExactly("violation 1008 message not finished in time");
    }

    @Test
    void theNextMessageHasATimeOfItsOwn() {
        for (int i = 0; i < 10; i++) {
            peer.frame(FIN | TEXT, "x").raw("81").send();
            peer.nanos.addAndGet(TimeUnit.SECONDS.toNanos(20));
            peer.raw("80 00000000").send();
        }
        assertThat(peer.events.lines).hasSize(20).allMatch(line -> line.startsWith("text"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 3000, 3999, 4000, 4999})
    void takesEveryCloseCodeThatMayBeSent(int code) {
        assertThat(peer.frame(FIN | CLOSE, new byte[] {(byte) (code >> 8), (byte) code})
                        .send())
                .containsExactly("close " + code + " ");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65535})
    void refusesEveryOtherCloseCode(int code) {
        assertThat(peer.frame(FIN | CLOSE, new byte[] {(byte) (code >> 8), (byte) code})
                        .send())
                .containsExactly("violation 1002 close code not allowed");
    }

    @Test
    void refusesHalfACloseCodeAndABrokenReason() {
        assertThat(peer.frame(FIN | CLOSE, "x").send()).containsExactly("violation 1002 close frame with half a code");
        peer.close();
        peer = Peer.plain();
        assertThat(peer.raw("8884 00000000 03e8 c328").send()).containsExactly("violation 1007 invalid UTF-8");
    }

    @Test
    void refusesInvalidTextAtItsFirstWrongByte() {
        peer.raw("01 84 00000000 cebae1bd").raw("80 8f 00000000").raw("b9 cf83 cebc cebb eda0");
        assertThat(peer.send()).containsExactly("violation 1007 invalid UTF-8");
    }

    @Test
    void aCharacterMaySpanFragmentsButMustEnd() {
        peer.raw("01 82 00000000 f09f").raw("00 81 00000000 98").raw("80 81 00000000 80");
        assertThat(peer.send()).containsExactly("text \uD83D\uDE00");
        peer.raw("01 82 00000000 f09f").raw("80 81 00000000 98");
        assertThat(peer.send()).last().isEqualTo("violation 1007 invalid UTF-8");
    }

    @Test
    void aClientRefusesMaskedFrames() {
        ReaderContext client = new ReaderContext(Peer.SMALL, false, peer.inflater, peer.allocator, peer.nanos::get);
        MessageReader reader = new MessageReader(client, false);
        reader.read(Unpooled.copiedBuffer(Peer.bytes("8105 48656c6c6f 8180 00000000")), peer.events);
        assertThat(peer.events.lines).containsExactly("text Hello", "violation 1002 masked frame");
    }

    @Test
    void compressionBitsWithoutCompressionAreReserved() {
        assertThat(peer.frame(FIN | RSV1 | TEXT, "").send()).containsExactly("violation 1002 reserved bit set");
    }

    /** Object header and alignment counted as 16 bytes, references as 4: what HotSpot takes below 32 GiB of heap. */
    @Test
    void anIdleReaderIsSmall() {
        int bytes = 16;
        for (Field field : MessageReader.class.getDeclaredFields()) {
            if (!Modifier.isStatic(field.getModifiers())) {
                bytes += switch (field.getType().getName()) {
                    case "boolean", "byte" -> 1;
                    case "long" -> 8;
                    default -> 4;
                };
            }
        }
        assertThat(bytes).isLessThanOrEqualTo(80);
        peer.frame(FIN | TEXT, "x").send();
        assertThat(peer.held()).isZero();
    }

    /** A sink for tests that look at one kind of event. */
    private abstract static class NoSink implements MessageSink {
        @Override
        public void binary(ByteBuf payload) {}

        @Override
        public void ping(ByteBuf payload) {}

        @Override
        public void pong(ByteBuf payload) {}

        @Override
        public void close(int code, String reason) {}

        @Override
        public void violation(int code, String reason) {}
    }
}
