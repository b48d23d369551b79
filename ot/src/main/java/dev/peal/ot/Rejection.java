package dev.peal.ot;

import java.util.Locale;

/**
 * Why an operation is not applied.
 *
 * @param op index of the op that broke the rule, in the operation's canonical form; the number of ops where it is the operation as a whole
 */
public record Rejection(Reason reason, int op) {
    /** The rules that {@link DocumentRules} knows. */
    public enum Reason {
        TOO_MANY_OPS,
        TOO_MUCH_INSERTED,
        /** Half of a surrogate pair in inserted text. */
        TEXT_ILL_FORMED,
        ATTRIBUTE_NOT_ALLOWED,
        /** The attribute is known, its value is not in order. */
        ATTRIBUTE_VALUE,
        EMBED_NOT_ALLOWED,
        /** The embed's kind is known, its value is not in order. */
        EMBED_VALUE,
        /** It reaches beyond the document's end. */
        OUT_OF_RANGE,
        /** A retain or delete ends between the halves of a surrogate pair. */
        SPLITS_PAIR,
        DOCUMENT_TOO_LONG;

        private final String wire = name().toLowerCase(Locale.ROOT);

        /** As clients are told. */
        public String wire() {
            return wire;
        }
    }
}
