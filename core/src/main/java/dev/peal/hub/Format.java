package dev.peal.hub;

import java.util.List;

/** Turns a batch into bytes, once for all members that share the format. One instance per loop; called on that loop alone. */
public interface Format {
    /** A small number, unique among the formats of a process, from 0 to {@link #FORMATS_MAX} - 1: where a batch caches the encoding. */
    int index();

    /** How many formats a process can have. */
    int FORMATS_MAX = 8;

    /** Encodes the pushes in order into one contiguous buffer. */
    EncodedBatch encode(List<Push> pushes);

    /**
     * Frames messages that are encoded already. Of WebSockets alone.
     *
     * @param binary whether they are binary, not text
     * @param bytes the messages, one behind the other from 0; not kept
     * @param ends for each, the index just past its last byte
     * @param count how many
     */
    default EncodedBatch frames(boolean binary, byte[] bytes, int[] ends, int count) {
        throw new UnsupportedOperationException("only WebSockets carry messages of an application's own making");
    }
}
