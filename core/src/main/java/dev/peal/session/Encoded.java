package dev.peal.session;

import dev.peal.hub.EncodedBatch;
import dev.peal.hub.Format;
import dev.peal.hub.Push;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Pushes and their encodings so far, one for each format: made once, written by every session of the loop that wants them. Owned by one loop. */
final class Encoded {
    private final List<Push> pushes;
    private final @Nullable EncodedBatch[] byFormat = new EncodedBatch[Format.FORMATS_MAX];

    Encoded(List<Push> pushes) {
        this.pushes = pushes;
    }

    EncodedBatch in(Format format) {
        EncodedBatch known = byFormat[format.index()];
        if (known == null) {
            known = format.encode(pushes);
            byFormat[format.index()] = known;
        }
        return known;
    }

    /** Gives the buffers up; what was written stays good. */
    void release() {
        for (int i = 0; i < byFormat.length; i++) {
            EncodedBatch batch = byFormat[i];
            if (batch != null) {
                batch.release();
                byFormat[i] = null;
            }
        }
    }
}
