package dev.peal.ot;

import java.util.Objects;

/** One component of a {@link Delta}. Lengths are UTF-16 code units and positive; an embed is one unit long. */
public sealed interface Op {
    /** Units of the text before ({@link Retain}, {@link Delete}) or after ({@link Content}) that it covers. */
    int length();

    /** What it sets or, in a retain, also removes; empty for a delete. */
    Attributes attributes();

    /** What documents consist of. */
    sealed interface Content extends Op {
        /** The same with other attributes. */
        Content wearing(Attributes worn);
    }

    /** Goes on by {@code length} units and changes their attributes. */
    record Retain(int length, Attributes attributes) implements Op {
        public Retain {
            requirePositive(length);
            Objects.requireNonNull(attributes);
        }

        public Retain(int length) {
            this(length, Attributes.NONE);
        }
    }

    /**
     * New text.
     *
     * @param text not empty; {@link DocumentRules} wants it to be well-formed UTF-16, the algebra does not care
     * @param attributes an attribute that is null says here what its absence says, and is left out
     */
    record Insert(String text, Attributes attributes) implements Content {
        public Insert {
            requirePositive(text.length());
            attributes = attributes.withoutRemovals();
        }

        public Insert(String text) {
            this(text, Attributes.NONE);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public Insert wearing(Attributes worn) {
            return new Insert(text, worn);
        }
    }

    /**
     * Something in the text that is not text.
     *
     * @param kind such as {@code image}; not empty
     * @param value as JSON has it: a String, Boolean or Number, a List or a Map of such; see {@link Attributes} for numbers
     * @param attributes as those of {@link Insert}
     */
    record Embed(String kind, Object value, Attributes attributes) implements Content {
        public Embed {
            requirePositive(kind.length());
            value = Values.embedded(value);
            attributes = attributes.withoutRemovals();
        }

        public Embed(String kind, Object value) {
            this(kind, value, Attributes.NONE);
        }

        @Override
        public int length() {
            return 1;
        }

        @Override
        public Embed wearing(Attributes worn) {
            return new Embed(kind, value, worn);
        }
    }

    /** Takes {@code length} units away. */
    record Delete(int length) implements Op {
        public Delete {
            requirePositive(length);
        }

        @Override
        public Attributes attributes() {
            return Attributes.NONE;
        }
    }

    private static void requirePositive(int length) {
        if (length <= 0) {
            throw new IllegalArgumentException("an op covers at least one unit, not " + length);
        }
    }
}
