package dev.peal.protocol;

/** Leaves the reading of a frame that is no JSON as this protocol wants it. Without a stack trace: it is no fault of ours. */
final class MalformedException extends Exception {
    static final MalformedException INSTANCE = new MalformedException();

    private MalformedException() {
        super("malformed", null, false, false);
    }
}
