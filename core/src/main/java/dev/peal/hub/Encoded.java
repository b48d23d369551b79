package dev.peal.hub;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Pushes and their encodings so far, one for each format: made once, written by every connection of the loop that wants them. Owned by one loop. */
public final class Encoded {
    private final List<Push> pushes;
    private final @Nullable EncodedBatch[] byFormat = new EncodedBatch[Format.FORMATS_MAX];

    public Encoded(List<Push> pushes) {
        this.pushes = pushes;
    }

    /** The encoding in a format, made when it is first asked for. */
    public EncodedBatch in(Format format) {
        EncodedBatch known = byFormat[format.index()];
        if (known == null) {
            known = format.encode(pushes);
            byFormat[format.index()] = known;
        }
        return known;
    }

    /** Gives the buffers up; what was written stays good, and what is asked for next is encoded anew. */
    public void release() {
        for (int i = 0; i < byFormat.length; i++) {
            EncodedBatch batch = byFormat[i];
            if (batch != null) {
                batch.release();
                byFormat[i] = null;
            }
        }
    }
}
