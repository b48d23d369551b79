package dev.peal.websocket;

/** The opcodes and the bits of a frame's first byte (RFC 6455, section 5.2). */
public final class Opcode {
    public static final int CONTINUATION = 0x0;
    public static final int TEXT = 0x1;
    public static final int BINARY = 0x2;
    public static final int CLOSE = 0x8;
    public static final int PING = 0x9;
    public static final int PONG = 0xA;

    /** The last frame of its message. */
    public static final int FIN = 0x80;
    /** The message is compressed (RFC 7692, section 6); only on a message's first frame. */
    public static final int RSV1 = 0x40;

    static final int RSV2_AND_3 = 0x30;
    static final int MASK = 0x0F;

    private Opcode() {}

    static boolean isControl(int opcode) {
        return opcode >= CLOSE;
    }

    static boolean isKnown(int opcode) {
        return opcode <= BINARY || (opcode >= CLOSE && opcode <= PONG);
    }
}
