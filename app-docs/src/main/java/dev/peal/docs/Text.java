package dev.peal.docs;

import dev.peal.ot.Delta;
import dev.peal.ot.Document;
import dev.peal.ot.json.DeltaJson;
import dev.peal.protocol.JsonWriter;
import java.lang.ref.SoftReference;
import org.jspecify.annotations.Nullable;

/**
 * A document at one revision. Immutable; thread-safe.
 *
 * <p>What it looks like to clients is made when it is first asked for and kept as long as there is memory, so that a hundred people who open a large document at
 * once cost one rendering.
 */
final class Text {
    static final Text EMPTY = new Text(0, Document.EMPTY);

    private final long revision;
    private final Document marked;
    private volatile @Nullable SoftReference<byte[]> json;

    /** @param marked with its authors ({@link Marks}) */
    Text(long revision, Document marked) {
        this.revision = revision;
        this.marked = marked;
    }

    long revision() {
        return revision;
    }

    Document marked() {
        return marked;
    }

    /** The next revision. */
    Text apply(Delta markedOperation) {
        return new Text(revision + 1, marked.apply(markedOperation));
    }

    /** The content as everybody sees it. */
    Delta content() {
        return Marks.unmarked(marked);
    }

    /** {@link #content} as JSON in UTF-8; shared, never changed. */
    byte[] json() {
        SoftReference<byte[]> kept = json;
        byte[] known = kept == null ? null : kept.get();
        if (known == null) {
            known = DeltaJson.write(new JsonWriter(marked.length() + 256), content())
                    .bytes();
            json = new SoftReference<>(known);
        }
        return known;
    }
}
