package dev.peal.session;

/** What part a connection takes in the rooms that it names. */
public enum Part {
    /** It joins them and is seen there. */
    MEMBER,
    /** It follows what is stored, seen by nobody. */
    WATCHER,
    /** It brings one message and stays nowhere: what a member may do, it may wherever it might become one. */
    VISITOR
}
