package dev.peal.websocket;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Turns one connection's bytes into messages (RFC 6455, sections 5 to 7), judging each byte as soon as it is there.
 *
 * <p>Confined to the connection's event loop. Idle it is a few machine words: what an unfinished message needs is in an
 * {@link Assembly} that goes when the message ends. A message that lies whole in the incoming buffer is unmasked in place and
 * lent to the sink where it is, without a copy or an allocation.
 *
 * <p>After a close frame, a violation or {@link #close()} it is dead: it swallows all input and reports nothing more.
 */
public final class MessageReader {
    private static final int FIRST_BYTE = 0;
    private static final int SECOND_BYTE = 1;
    private static final int LENGTH_16 = 2;
    private static final int LENGTH_64 = 3;
    private static final int MASK = 4;
    private static final int PAYLOAD = 5;
    private static final int DEAD = 6;

    private static final int CONTROL_BYTES_MAX = 125;
    private static final int INFLATED_BYTES_MIN = 256;
    private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final ReaderContext context;
    private final boolean deflate;

    private byte stage = FIRST_BYTE;
    /** The current frame's first byte. */
    private byte first;
    /** Bytes of the length or mask field still to come. */
    private byte fieldLeft;
    /** Whether a frame or message has begun and not ended, seen at the end of the last read. */
    private boolean begun;

    /** The key for the next payload byte. */
    private int mask;

    private int controlFrames;
    /** Payload bytes of the current frame still to come. */
    private long length;

    private long begunNanos;
    private long controlSecondNanos;
    private @Nullable ByteBuf control;
    private @Nullable Assembly message;

    /**
     * A reader for a fresh connection.
     *
     * @param deflate whether permessage-deflate was negotiated
     */
    public MessageReader(ReaderContext context, boolean deflate) {
        this.context = context;
        this.deflate = deflate;
    }

    /**
     * Takes all readable bytes of {@code in}, which are unmasked in place and so must be writable and shared with nobody, and
     * tells the sink what they complete. The caller keeps the buffer.
     */
    public void read(ByteBuf in, MessageSink sink) {
        boolean more = true;
        while (more) {
            more = step(in, sink);
        }
        if (stage == DEAD) {
            in.skipBytes(in.readableBytes());
        } else {
            watchTime(sink);
        }
    }

    /**
     * To be called now and then, so that a message that stops arriving is noticed as well.
     *
     * @return whether the current message took longer than allowed; the sink has been told of the violation
     */
    public boolean expire(MessageSink sink) {
        if (!begun || stage == DEAD) {
            return false;
        }
        long allowed = TimeUnit.MILLISECONDS.toNanos(context.limits().messageMillisMax());
        if (context.nanoTime().getAsLong() - begunNanos <= allowed) {
            return false;
        }
        fail(CloseStatus.POLICY_VIOLATION, "message not finished in time", sink);
        return true;
    }

    /** Whether a message or frame has begun and not ended. */
    public boolean isMidMessage() {
        return begun && stage != DEAD;
    }

    /** Frees what is held; the reader is dead from here on. May be called again, and from within a sink. */
    public void close() {
        stage = DEAD;
        if (control != null) {
            control.release();
            control = null;
        }
        if (message != null) {
            message.release();
            message = null;
        }
    }

    private void watchTime(MessageSink sink) {
        if (stage == FIRST_BYTE && message == null) {
            begun = false;
        } else if (begun) {
            expire(sink);
        } else {
            begun = true;
            begunNanos = context.nanoTime().getAsLong();
        }
    }

    /** Each step takes what it needs and returns whether another can follow at once. */
    private boolean step(ByteBuf in, MessageSink sink) {
        return switch (stage) {
            case FIRST_BYTE -> in.isReadable() && firstByte(in.readByte(), sink);
            case SECOND_BYTE -> in.isReadable() && secondByte(in.readByte(), sink);
            case LENGTH_16 -> lengthField(in, CONTROL_BYTES_MAX + 1L, sink);
            case LENGTH_64 -> lengthField(in, 0x1_0000L, sink);
            case MASK -> maskField(in);
            case PAYLOAD -> Opcode.isControl(opcode()) ? controlPayload(in, sink) : dataPayload(in, sink);
            default -> false;
        };
    }

    private boolean firstByte(byte b, MessageSink sink) {
        first = b;
        String wrong = wrongFirstByte();
        if (wrong != null) {
            return fail(CloseStatus.PROTOCOL_ERROR, wrong, sink);
        }
        if (Opcode.isControl(opcode())) {
            if (!countControlFrame()) {
                return fail(CloseStatus.POLICY_VIOLATION, "too many control frames", sink);
            }
        } else if (message != null && ++message.fragments > context.limits().fragmentsMax()) {
            return fail(CloseStatus.POLICY_VIOLATION, "too many fragments", sink);
        }
        stage = SECOND_BYTE;
        return true;
    }

    private @Nullable String wrongFirstByte() {
        int opcode = opcode();
        if ((first & Opcode.RSV2_AND_3) != 0 || (isCompressed() && !deflate)) {
            return "reserved bit set";
        }
        if (!Opcode.isKnown(opcode)) {
            return "unknown opcode";
        }
        if (Opcode.isControl(opcode)) {
            return isCompressed() ? "compressed control frame" : isFinal() ? null : "fragmented control frame";
        }
        if (opcode == Opcode.CONTINUATION) {
            return isCompressed() ? "compressed bit on a continuation" : message == null ? "nothing to continue" : null;
        }
        return message == null ? null : "message inside a message";
    }

    private boolean countControlFrame() {
        long now = context.nanoTime().getAsLong();
        if (controlFrames == 0 || now - controlSecondNanos >= SECOND_NANOS) {
            controlSecondNanos = now;
            controlFrames = 0;
        }
        return ++controlFrames <= context.limits().controlFramesPerSecondMax();
    }

    private boolean secondByte(byte b, MessageSink sink) {
        if (b < 0 != context.maskedPeer()) {
            return fail(CloseStatus.PROTOCOL_ERROR, b < 0 ? "masked frame" : "unmasked frame", sink);
        }
        int declared = b & 0x7F;
        if (declared <= CONTROL_BYTES_MAX) {
            length = declared;
            return lengthKnown(sink);
        }
        if (Opcode.isControl(opcode())) {
            return fail(CloseStatus.PROTOCOL_ERROR, "control frame too long", sink);
        }
        length = 0;
        fieldLeft = (byte) (declared == 126 ? Short.BYTES : Long.BYTES);
        stage = (byte) (declared == 126 ? LENGTH_16 : LENGTH_64);
        return true;
    }

    private boolean lengthField(ByteBuf in, long shortest, MessageSink sink) {
        for (; fieldLeft > 0 && in.isReadable(); fieldLeft--) {
            length = length << 8 | in.readUnsignedByte();
        }
        if (fieldLeft > 0) {
            return false;
        }
        if (length < shortest) { // also the negative ones: the most significant bit must be 0
            return fail(CloseStatus.PROTOCOL_ERROR, "length not in its shortest form", sink);
        }
        return lengthKnown(sink);
    }

    private boolean lengthKnown(MessageSink sink) {
        if (!Opcode.isControl(opcode())) {
            if (length > context.limits().frameBytesMax()) {
                return fail(CloseStatus.TOO_BIG, "frame too big", sink);
            }
            int held = message == null ? 0 : message.bytes();
            if (held + length > context.limits().messageBytesMax()) {
                return fail(CloseStatus.TOO_BIG, "message too big", sink);
            }
        }
        mask = 0;
        fieldLeft = Integer.BYTES;
        stage = context.maskedPeer() ? (byte) MASK : (byte) PAYLOAD;
        return true;
    }

    private boolean maskField(ByteBuf in) {
        if (fieldLeft == Integer.BYTES && in.readableBytes() >= Integer.BYTES) {
            mask = in.readInt();
        } else {
            for (; fieldLeft > 0 && in.isReadable(); fieldLeft--) {
                mask = mask << 8 | in.readUnsignedByte();
            }
            if (fieldLeft > 0) {
                return false;
            }
        }
        stage = PAYLOAD;
        return true;
    }

    private boolean dataPayload(ByteBuf in, MessageSink sink) {
        int here = (int) Math.min(length, in.readableBytes());
        boolean whole = here == length;
        if (whole && message == null && isFinal()) {
            return wholeMessage(in, here, sink);
        }
        if (here == 0 && !whole) {
            return false;
        }
        Assembly m = message;
        if (m == null) {
            m = new Assembly(opcode(), isCompressed());
            message = m;
        }
        long seen = unmask(in, here);
        if (m.isPlainText() && !utf8Continues(m, in, here, seen)) {
            return fail(CloseStatus.INVALID_PAYLOAD, "invalid UTF-8", sink);
        }
        m.append(in, here, context.limits().messageBytesMax(), context.allocator());
        length -= here;
        return whole && (isFinal() ? assembledMessage(m, sink) : frameEnded());
    }

    private static boolean utf8Continues(Assembly m, ByteBuf in, int length, long seen) {
        if (m.utf8 != Utf8.ACCEPT || (seen & Utf8.NON_ASCII) != 0) {
            m.utf8 = Utf8.check(m.utf8, in, in.readerIndex(), length);
        }
        return m.utf8 != Utf8.REJECT;
    }

    private boolean wholeMessage(ByteBuf in, int bytes, MessageSink sink) {
        int end = in.writerIndex();
        int next = in.readerIndex() + bytes;
        long seen = unmask(in, bytes);
        in.writerIndex(next);
        frameEnded();
        if (isCompressed()) {
            inflate(in, opcode(), sink);
        } else if (opcode() == Opcode.TEXT && (seen & Utf8.NON_ASCII) != 0 && !isUtf8(in)) {
            fail(CloseStatus.INVALID_PAYLOAD, "invalid UTF-8", sink);
        } else {
            deliver(in, opcode(), sink);
        }
        in.setIndex(next, end);
        return stage != DEAD;
    }

    private boolean assembledMessage(Assembly m, MessageSink sink) {
        message = null;
        frameEnded();
        try {
            if (m.compressed) {
                inflate(m.payload(), m.opcode, sink);
            } else if (m.utf8 != Utf8.ACCEPT) {
                fail(CloseStatus.INVALID_PAYLOAD, "invalid UTF-8", sink);
            } else {
                deliver(m.payload(), m.opcode, sink);
            }
        } finally {
            m.release();
        }
        return stage != DEAD;
    }

    private void inflate(ByteBuf deflated, int opcode, MessageSink sink) {
        WebSocketLimits limits = context.limits();
        int guess = Math.max(INFLATED_BYTES_MIN, 2 * deflated.readableBytes());
        int max = limits.messageBytesMax();
        ByteBuf out = context.allocator().directBuffer(Math.min(max, guess), max + 1);
        try {
            int status = context.inflater().inflate(deflated, out, max, limits.fragmentsMax());
            if (status != MessageInflater.OK) {
                fail(status, inflateFailure(status), sink);
            } else if (opcode == Opcode.TEXT && !isUtf8(out)) {
                fail(CloseStatus.INVALID_PAYLOAD, "invalid UTF-8", sink);
            } else {
                deliver(out, opcode, sink);
            }
        } finally {
            out.release();
        }
    }

    private static String inflateFailure(int status) {
        return switch (status) {
            case CloseStatus.TOO_BIG -> "message too big";
            case CloseStatus.POLICY_VIOLATION -> "too many final blocks";
            default -> "invalid deflate data";
        };
    }

    private static void deliver(ByteBuf payload, int opcode, MessageSink sink) {
        if (opcode == Opcode.TEXT) {
            sink.text(payload);
        } else {
            sink.binary(payload);
        }
    }

    private boolean controlPayload(ByteBuf in, MessageSink sink) {
        int here = (int) Math.min(length, in.readableBytes());
        boolean whole = here == length;
        if (whole && control == null) {
            int end = in.writerIndex();
            int next = in.readerIndex() + here;
            unmask(in, here);
            in.writerIndex(next);
            controlFrame(in, sink);
            in.setIndex(next, end);
            return stage != DEAD;
        }
        if (control == null) {
            control = context.allocator().heapBuffer(CONTROL_BYTES_MAX, CONTROL_BYTES_MAX);
        }
        unmask(in, here);
        control.writeBytes(in, here);
        length -= here;
        return whole && assembledControlFrame(control, sink);
    }

    private boolean assembledControlFrame(ByteBuf payload, MessageSink sink) {
        control = null;
        try {
            controlFrame(payload, sink);
        } finally {
            payload.release();
        }
        return stage != DEAD;
    }

    private void controlFrame(ByteBuf payload, MessageSink sink) {
        frameEnded();
        switch (opcode()) {
            case Opcode.PING -> sink.ping(payload);
            case Opcode.PONG -> sink.pong(payload);
            default -> closeFrame(payload, sink);
        }
    }

    private void closeFrame(ByteBuf payload, MessageSink sink) {
        int code = CloseStatus.NO_STATUS;
        String reason = "";
        if (payload.readableBytes() == 1) {
            fail(CloseStatus.PROTOCOL_ERROR, "close frame with half a code", sink);
            return;
        }
        if (payload.isReadable()) {
            code = payload.readUnsignedShort();
            if (!CloseStatus.isSendable(code)) {
                fail(CloseStatus.PROTOCOL_ERROR, "close code not allowed", sink);
                return;
            }
            if (!isUtf8(payload)) {
                fail(CloseStatus.INVALID_PAYLOAD, "invalid UTF-8", sink);
                return;
            }
            reason = payload.toString(StandardCharsets.UTF_8);
        }
        close();
        sink.close(code, reason);
    }

    /** Unmasks the next bytes and moves the key on; returns what {@link Masking#apply} saw, or all bits where it did not look. */
    private long unmask(ByteBuf in, int bytes) {
        if (!context.maskedPeer()) {
            return -1;
        }
        long seen = Masking.apply(in, in.readerIndex(), bytes, mask);
        mask = Masking.advance(mask, bytes);
        return seen;
    }

    private boolean frameEnded() {
        stage = FIRST_BYTE;
        begun &= message != null; // else the next frame begins a time of its own
        return true;
    }

    private boolean fail(int code, String reason, MessageSink sink) {
        close();
        sink.violation(code, reason);
        return false;
    }

    private static boolean isUtf8(ByteBuf bytes) {
        return Utf8.check(Utf8.ACCEPT, bytes, bytes.readerIndex(), bytes.readableBytes()) == Utf8.ACCEPT;
    }

    private int opcode() {
        return first & Opcode.MASK;
    }

    private boolean isFinal() {
        return (first & Opcode.FIN) != 0;
    }

    private boolean isCompressed() {
        return (first & Opcode.RSV1) != 0;
    }
}
