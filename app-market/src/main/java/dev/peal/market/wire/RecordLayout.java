package dev.peal.market.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Where what stands in a frame of records: little-endian, all fields at multiples of their own size. */
final class RecordLayout {
    static final int HEADER_BYTES = 16;
    static final int RECORD_BYTES = 48;
    static final int RECORDS_MAX = 0xFFFF;

    static final byte MAGIC_0 = 'P';
    static final byte MAGIC_1 = 'M';
    static final byte VERSION = 2;

    /** In the header: magic (2 bytes), version, size of a record, number of records (u16), 2 bytes of zero, time (i64). */
    static final int VERSION_AT = 2;

    static final int RECORD_BYTES_AT = 3;
    static final int COUNT_AT = 4;
    static final int TIME_AT = 8;

    /** In a record: kind (u8), side (u8), flags (u16), symbol (u32), sequence (u64), time, price, size, extra (i64 each). */
    static final int SIDE_AT = 1;

    static final int FLAGS_AT = 2;
    static final int SYMBOL_AT = 4;
    static final int SEQUENCE_AT = 8;
    static final int RECORD_TIME_AT = 16;
    static final int PRICE_AT = 24;
    static final int SIZE_AT = 32;
    static final int EXTRA_AT = 40;

    /** A book is whole, not a change of the one before. */
    static final int WHOLE = 1;

    static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private RecordLayout() {}
}
