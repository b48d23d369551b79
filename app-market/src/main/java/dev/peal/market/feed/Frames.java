package dev.peal.market.feed;

import dev.peal.hub.EncodedBatch;
import dev.peal.hub.Format;
import dev.peal.market.wire.WireBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Gathers messages, text and binary, and frames them in their order. Belongs to one loop. */
final class Frames {
    private final WireBuffer out = new WireBuffer(16 << 10);
    private final List<EncodedBatch> done = new ArrayList<>();
    private int[] ends = new int[16];
    private int count;
    private boolean binary;
    private @Nullable Format format;

    /** What follows is for whoever shares this format. */
    void begin(Format shared) {
        format = shared;
    }

    /** What all messages are written to. */
    WireBuffer buffer() {
        return out;
    }

    /** Where the next text message is written to. */
    WireBuffer text() {
        return next(false);
    }

    /** Where the next binary message is written to. */
    WireBuffer binary() {
        return next(true);
    }

    /** The message that was begun is complete. */
    void end() {
        if (count == ends.length) {
            ends = Arrays.copyOf(ends, count * 2);
        }
        ends[count++] = out.length();
    }

    /** All messages since {@link #begin}. */
    List<EncodedBatch> take() {
        cut();
        List<EncodedBatch> all = List.copyOf(done);
        done.clear();
        return all;
    }

    private WireBuffer next(boolean asBinary) {
        if (asBinary != binary) {
            cut();
            binary = asBinary;
        }
        return out;
    }

    private void cut() {
        if (count > 0) {
            done.add(Objects.requireNonNull(format).frames(binary, out.array(), ends, count));
            count = 0;
            out.clear();
        }
    }
}
