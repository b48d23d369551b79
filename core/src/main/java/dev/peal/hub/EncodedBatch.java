package dev.peal.hub;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * A batch in one format: all of its pushes in one buffer, and where each ends. Owned by one loop.
 *
 * <p>The buffer is shared by every member; a member writes a retained slice or duplicate and never moves this one's indexes.
 */
public final class EncodedBatch {
    private static final long[] NONE = {};

    private final ByteBuf bytes;
    private final int[] ends;
    private final int count;
    private final @Nullable Origin origin;
    private final long[] offsets;

    /**
     * For a format whose connections need to know nothing of what is in it.
     *
     * @param bytes all frames, from reader index 0; this object owns one reference
     * @param ends for each push, the index in {@code bytes} just past its last byte
     * @param count how many pushes
     */
    public EncodedBatch(ByteBuf bytes, int[] ends, int count) {
        this(bytes, ends, count, null, NONE);
    }

    /**
     * For connections that say where they are.
     *
     * @param origin which history its stored entries belong to, all of them; null where it has none
     * @param offsets for each push, its offset there, 0 for one that is not stored
     */
    public EncodedBatch(ByteBuf bytes, int[] ends, int count, @Nullable Origin origin, long[] offsets) {
        this.bytes = bytes;
        this.ends = ends;
        this.count = count;
        this.origin = origin;
        this.offsets = offsets;
    }

    /** How many pushes. */
    public int count() {
        return count;
    }

    /** Which history its stored entries belong to; null where there are none, or nobody needs to know. */
    public @Nullable Origin origin() {
        return origin;
    }

    /** The offset of a push, 0 for one that is not stored. */
    public long offset(int push) {
        return offsets[push];
    }

    /** Bytes that the pushes {@code from} to {@code to} (exclusive) take. */
    public int length(int from, int to) {
        return to == 0 ? 0 : ends[to - 1] - start(from);
    }

    /** A retained view of the pushes {@code from} to {@code to} (exclusive); whoever takes it releases it. Pooled: no garbage. */
    public ByteBuf retained(int from, int to) {
        return from == 0 && to == count
                ? bytes.retainedDuplicate()
                : bytes.retainedSlice(start(from), length(from, to));
    }

    /** Gives up the maker's reference; views that were taken stay good. */
    public void release() {
        bytes.release();
    }

    private int start(int push) {
        return push == 0 ? 0 : ends[push - 1];
    }
}
