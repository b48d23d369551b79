package dev.peal.market.replay;

import java.io.IOException;

/** A line of a recording that is none; its message says which, and what is wrong with it. */
public final class BrokenLineException extends IOException {
    private static final long serialVersionUID = 1;

    private final int line;

    BrokenLineException(int line, String what) {
        super("line " + line + ": " + what);
        this.line = line;
    }

    /** The number of the line; the header is line 1. */
    public int line() {
        return line;
    }
}
