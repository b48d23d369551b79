package dev.peal.hub;

import io.netty.buffer.ByteBuf;

/**
 * A batch in one format: all of its pushes in one buffer, and where each ends. Owned by one loop.
 *
 * <p>The buffer is shared by every member; a member writes a retained slice or duplicate and never moves this one's indexes.
 */
public final class EncodedBatch {
    private final ByteBuf bytes;
    private final int[] ends;
    private final int count;

    /**
     * @param bytes all frames, from reader index 0; this object owns one reference
     * @param ends for each push, the index in {@code bytes} just past its last byte
     * @param count how many pushes
     */
    public EncodedBatch(ByteBuf bytes, int[] ends, int count) {
        this.bytes = bytes;
        this.ends = ends;
        this.count = count;
    }

    /** How many pushes. */
    public int count() {
        return count;
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
