package dev.peal.client.docs;

import dev.peal.ot.Delta;
import dev.peal.ot.Document;

/**
 * What is shown is another now.
 *
 * @param delta leads there from what was shown before
 * @param after what is shown
 */
public record DocumentChange(Delta delta, Document after, Source source) {
    /** Who did that. */
    public enum Source {
        /** {@link LiveDocument#edit}. */
        EDIT,
        UNDO,
        REDO,
        /** Somebody else; or the document began anew; or the server did not take an edit, which is taken back. */
        REMOTE
    }
}
