package dev.peal.ot;

import java.util.Objects;

/** A part of a difference between two texts: what both have, or only the one or the other. Changed while it is worked out. */
final class Piece {
    enum Kind {
        EQUAL,
        DELETED,
        INSERTED
    }

    Kind kind;
    String text;

    Piece(Kind kind, String text) {
        this.kind = kind;
        this.text = Objects.requireNonNull(text);
    }

    boolean is(Kind wanted) {
        return kind == wanted;
    }

    @Override
    public String toString() {
        return kind + " \"" + text + '"';
    }
}
