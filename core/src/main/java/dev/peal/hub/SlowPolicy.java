package dev.peal.hub;

/** What a room kind does to a member whose connection is full. */
public enum SlowPolicy {
    /** Close it; the client resumes from its position and loses nothing. */
    DISCONNECT,
    /** Leave pushes out, and say how many and up to which offset before the next one. */
    DROP,
    /** Keep the newest push of each conflation key until there is room; never an older one after a newer. */
    CONFLATE
}
